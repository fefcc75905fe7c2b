import { AppNotRunningError } from '../errors';
import {
  readRefusal,
  type FunctionCall,
  type Upstream,
  type UpstreamAnswer,
  type CallMode,
} from '../upstream';
import { stateOf, type Served } from './findServed';

/**
 * Calls a function and returns the app's response if it is a result.
 *
 * @param mode - `stream` for the stream of a function that has one, `call` for a complete result
 * @throws GatewayError when there is no result; if the app is not running, with the operator's reason
 */
export async function callFunction(
  upstream: Upstream,
  call: FunctionCall,
  { environment }: Served,
  mode: CallMode,
): Promise<UpstreamAnswer> {
  try {
    const answer = await upstream.ask(mode, {
      ...call,
      code: environment.digest,
    });
    if (answer.status < 300) return answer;
    const { status, retryAfter, body } = answer;
    throw readRefusal(
      call.app,
      status,
      await body.text().catch(() => ''),
      retryAfter,
    );
  } catch (error) {
    if (!(error instanceof AppNotRunningError)) throw error;
    // The operator has not seen yet what this call has seen.
    const state =
      environment.health === 'Healthy'
        ? 'Try again in a moment.'
        : stateOf(environment);
    throw new AppNotRunningError(`${error.message}. ${state}`.trim(), {
      retryAfter: error.retryAfter ?? 5,
      cause: error,
    });
  }
}
