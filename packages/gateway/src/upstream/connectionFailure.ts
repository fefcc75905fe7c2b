import {
  AppTooSlowError,
  AppUnreachableError,
  NoPodError,
  type GatewayError,
} from '../errors';

// a service without ready pods refuses connections; a policy or a lost node drops them silently
const nobodyThere = [
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
];
const tooSlow = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'];

/** Returns the error that a failed connection to an app means for the reader. */
export function connectionFailure(app: string, error: unknown): GatewayError {
  const code = codeOf(error);
  if (nobodyThere.includes(code)) {
    return new NoPodError(`No pod of ${app} is ready`, {
      retryAfter: 5,
      cause: error,
    });
  }
  if (tooSlow.includes(code)) {
    return new AppTooSlowError(`${app} timed out; request less data per call`, {
      cause: error,
    });
  }
  return new AppUnreachableError(
    `The connection to ${app} was interrupted; retry, and contact the owners of the app if the problem persists`,
    { retryAfter: 1, cause: error },
  );
}

/** The code of an error of Node or undici, or of the first cause that has one. */
function codeOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause ? codeOf(cause) : '';
}
