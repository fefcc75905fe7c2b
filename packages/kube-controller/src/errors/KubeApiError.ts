/** The `Status` object of a refusal. @public */
export interface KubeStatus {
  kind?: string;
  code?: number;
  reason?: string;
  message?: string;
  details?: {
    name?: string;
    kind?: string;
    retryAfterSeconds?: number;
    causes?: { field?: string; message?: string; reason?: string }[];
  };
}

/** Thrown when the API server refuses a request; has its message. @public */
export class KubeApiError extends Error {
  /** HTTP status. */
  readonly status: number;
  /** Machine-readable cause such as `NotFound`, `Conflict` or `Forbidden`. */
  readonly reason: string;
  readonly details: KubeStatus['details'];
  /** Raw response body; useful when a proxied server refused. */
  readonly body: string;
  /** Seconds until the server accepts a retry; `undefined` if not set. */
  readonly retryAfter: number | undefined;

  constructor(
    status: number,
    body: KubeStatus,
    { retryAfter, text = '' }: { retryAfter?: number; text?: string } = {},
  ) {
    super(body.message || `The API server returned status ${status}`);
    this.name = 'KubeApiError';
    this.status = status;
    this.reason = body.reason ?? '';
    this.details = body.details;
    this.body = text;
    this.retryAfter = retryAfter ?? body.details?.retryAfterSeconds;
  }

  /**
   * Parses a refusal.
   *
   * @param status - HTTP status
   * @param text - body, usually a `Status` object as JSON
   * @param retryAfter - the `Retry-After` header, seconds
   */
  static fromAnswer(
    status: number,
    text: string,
    retryAfter?: string,
  ): KubeApiError {
    const seconds = Number(retryAfter);
    return new KubeApiError(status, readStatus(text), {
      retryAfter: retryAfter && Number.isFinite(seconds) ? seconds : undefined,
      text,
    });
  }
}

function readStatus(text: string): KubeStatus {
  try {
    const body: KubeStatus | null = JSON.parse(text);
    if (typeof body?.message === 'string') return body;
  } catch {
    // Proxies in front of the API server respond in plain text.
  }
  return { message: text.trim().slice(0, 1000) };
}

const refusedWith = (status: number, reason?: string) => (error: unknown) =>
  error instanceof KubeApiError &&
  error.status === status &&
  (reason === undefined || error.reason === reason);

/** Whether the object does not exist. @public */
export const isNotFound = refusedWith(404);
/** Whether the object was changed concurrently, or another manager owns a field. @public */
export const isConflict = refusedWith(409, 'Conflict');
/** Whether an object of that name already exists. @public */
export const isAlreadyExists = refusedWith(409, 'AlreadyExists');
/** Whether the caller has no right, or a quota or policy forbids the request. @public */
export const isForbidden = refusedWith(403);
/** Whether the server is overloaded or unavailable. @public */
export const isOverloaded = (error: unknown) =>
  error instanceof KubeApiError && [429, 502, 503, 504].includes(error.status);
/** Whether a resource version is too old to continue from. @public */
export const isGone = refusedWith(410);

const ignoring =
  (isExpected: (error: unknown) => boolean) =>
  (error: unknown): undefined => {
    if (!isExpected(error)) throw error;
  };

/**
 * For `.catch`: an object that does not exist is `undefined`. @throws any other error
 *
 * @public
 */
export const ignoreNotFound = ignoring(isNotFound);
/**
 * For `.catch`: an object of that name may already exist. @throws any other error
 *
 * @public
 */
export const ignoreAlreadyExists = ignoring(isAlreadyExists);
