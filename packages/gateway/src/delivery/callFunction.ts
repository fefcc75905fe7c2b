import type { AppEnvironmentStatus } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { AppNotRunningError } from '../errors';
import {
  refusalOf,
  type FunctionCall,
  type UpstreamAnswer,
  type CallMode,
} from '../upstream';
import type { Admitted } from './admit';
import { routeCall } from './routeCall';
import type { Calls } from './Calls';
import { stateOf, type Served } from './findServed';

/**
 * Calls a function and returns the app's response if it is a result.
 *
 * An app that is scaled to zero is started first.
 *
 * @param mode - `stream` for the stream of a function that has one, `call` for a complete result
 * @throws GatewayError when there is no result; if the app is not running, with the operator's reason
 */
export async function callFunction(
  {
    directory,
    upstream,
    usage,
  }: Pick<Calls, 'directory' | 'upstream' | 'usage'>,
  call: FunctionCall,
  { grant, served }: Pick<Admitted, 'grant' | 'served'>,
  mode: CallMode,
): Promise<UpstreamAnswer> {
  try {
    const answer = await routeCall(
      upstream,
      mode,
      { ...call, pods: podsOf(served) },
      { grant, served, usage },
    );
    if (answer.status < 300) return answer;
    throw await refusalOf(call.app, answer);
  } catch (error) {
    if (!(error instanceof AppNotRunningError)) throw error;
    // The call may have been held.
    const environment = currentState(directory, call) ?? served.environment;
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

function podsOf({ environment }: Served): string | undefined {
  const { digest, pods } = environment;
  return digest && `${digest} ${pods.ready}`;
}

function currentState(
  directory: Calls['directory'],
  { app, environment, tenant }: FunctionCall,
): AppEnvironmentStatus | undefined {
  const { status } = directory.findApp(tenant, app) ?? {};
  return status?.environments?.find(({ name }) => name === environment);
}
