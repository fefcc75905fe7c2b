import {
  AppNotRunningError,
  AppRefusedError,
  AppUnreachableError,
  NoPodError,
  type GatewayError,
} from '../errors';
import type { AppRefusal } from '../errors/AppRefusedError';
import type { UpstreamAnswer } from './Upstream';

/** Reads the body of a refusal, and returns it as by {@link readRefusal}. */
export async function refusalOf(
  app: string,
  { body, retryAfter, status }: UpstreamAnswer,
): Promise<GatewayError> {
  const text = await body.text().catch(() => '');
  return readRefusal(app, status, text, retryAfter);
}

/**
 * Reads the answer with which an app's runtime refused a call.
 *
 * @param status - HTTP status, 400 or above
 * @param text - body of the answer
 * @param retryAfter - seconds, where the app names them
 */
export function readRefusal(
  app: string,
  status: number,
  text: string,
  retryAfter?: number,
): GatewayError {
  const refusal = refusalIn(text);
  if (!refusal) {
    return new AppUnreachableError(
      `${app} returned status ${status} without a message; ask its owners to check the log`,
    );
  }
  if (refusal.type === 'not-ready' && !refusal.problems)
    return new NoPodError(`${app} is not ready`, { retryAfter });
  // the builder fixes code that cannot be loaded, not the reader
  if (status === 503) {
    return new AppNotRunningError(`${app} is not ready`, { retryAfter });
  }
  return new AppRefusedError(status, refusal, retryAfter);
}

function refusalIn(text: string): AppRefusal | undefined {
  try {
    const { error } = JSON.parse(text) as { error?: Partial<AppRefusal> };
    const { type, message } = error ?? {};
    return typeof type === 'string' && typeof message === 'string'
      ? { ...error, type, message }
      : undefined;
  } catch {
    return undefined;
  }
}
