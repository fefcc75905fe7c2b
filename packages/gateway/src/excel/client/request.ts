import type { AddInFunction } from '../AddIn';
import { addIn, cellError, ready } from './office';
import { getToken, onTokens } from './tokens';

/** An error of a cell, and how long to wait before a retry. */
export interface Failure {
  error: CustomFunctions.Error;
  /** Seconds; the reader decides when absent. */
  retryAfter?: number;
}

/** Tokens that were refused; they are not sent again, so that many cells do not look like an attack. */
const refused = new Map<string, Failure>();
onTokens(() => refused.clear());

/** Thrown when a call has no result. */
export class CallError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.error.message);
    this.failure = failure;
  }
}

/** Returns the address of a call. */
export function addressOf(
  { app, environment, fn }: Pick<AddInFunction, 'app' | 'environment' | 'fn'>,
  query: string,
): string {
  const path = [addIn.tenant, environment, app, fn].map(encodeURIComponent);
  return `${addIn.gateway}/v1/${path.join('/')}${query && `?${query}`}`;
}

/**
 * Sends a request with the token of an app.
 *
 * @throws CallError when there is no result
 */
export async function send(
  address: string,
  { app, environment }: Pick<AddInFunction, 'app' | 'environment'>,
  { headers, signal }: { headers: Record<string, string>; signal: AbortSignal },
): Promise<Response> {
  await ready;
  const token = await getToken(app, environment);
  if (!token)
    throw unavailable(
      `Choose Tokens on the Home tab, and enter a token for ${app} in ${environment}`,
    );
  const known = refused.get(token);
  if (known) throw new CallError(known);
  const response = await fetch(address, {
    cache: 'no-store',
    credentials: 'omit',
    headers: { ...headers, authorization: `Bearer ${token}` },
    signal,
  }).catch(error => {
    if (signal.aborted) throw error;
    throw unavailable(`Can't reach ${addIn.gateway}; check the connection`);
  });
  if (response.ok) return response;
  const failure = await readFailure(response);
  if (response.status === 401) refused.set(token, failure);
  throw new CallError(failure);
}

/** Returns the failure of an exception. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CallError) return error.failure;
  if (error instanceof CustomFunctions.Error) return { error };
  return { error: cellError('notAvailable', String(error)) };
}

/** Wrong arguments are `#VALUE!`; whatever other arguments do not avoid is `#N/A`. */
export function toFailure(
  status: number,
  message: string,
  retryAfter?: number,
): Failure {
  const code = [400, 422].includes(status) ? 'invalidValue' : 'notAvailable';
  return { error: cellError(code, message), retryAfter };
}

async function readFailure(response: Response): Promise<Failure> {
  const text = await response.text().catch(() => '');
  const retryAfter = Number(response.headers.get('retry-after')) || undefined;
  const message =
    messageOf(text) ??
    `The gateway returned status ${response.status}; retry, or contact the owners of the app`;
  return toFailure(
    response.status,
    retryAfter ? `${message} (retry after ${retryAfter} s)` : message,
    retryAfter,
  );
}

/** Returns the message of an error object of the gateway. */
export function messageOf(text: string): string | undefined {
  try {
    const body = JSON.parse(text);
    const message = body.error?.message ?? body.message;
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}

function unavailable(message: string): CallError {
  return new CallError({ error: cellError('notAvailable', message) });
}
