/** Base of all errors for readers; the message contains the next step. */
export abstract class GatewayError extends Error {
  /** Stable machine-readable name of the cause. */
  abstract readonly type: string;
  /** HTTP status of the answer. */
  abstract readonly status: number;
  /** Further members of the error object. */
  readonly fields: Record<string, unknown>;
  /** Seconds after which a retry makes sense; `undefined` if it does not. */
  readonly retryAfter: number | undefined;

  constructor(
    message: string,
    options: {
      fields?: Record<string, unknown>;
      retryAfter?: number;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = new.target.name;
    this.fields = options.fields ?? {};
    this.retryAfter = options.retryAfter;
  }
}
