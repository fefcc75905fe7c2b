/** A call of a function of an app. */
export interface FunctionCall {
  tenant: string;
  environment: string;
  app: string;
  /** Service that gets the call; by default that of the app. */
  service?: string;
  fn: string;
  /** JSON object of parameters; integers beyond 2^53 are bigint. */
  parameters: Record<string, unknown>;
  /** Passed on as `X-Request-Id`, so that the app's log names it. */
  id: string;
  /** Of a stream: number of the last row that the reader has. */
  lastEventId?: string;
  /** Media type of the result; runtimes that do not know it answer with JSON. */
  accept?: string;
  /** Code and number of the pods that the app runs, as the operator saw them last. */
  pods?: string;
  /** Whether the caller repeats the call until a pod responds. */
  isHeld?: boolean;
  signal?: AbortSignal;
}

/** The run that stored a result. */
export interface RunOrigin {
  name: string;
  finishedAt: Date;
}

/** Time of a call in a pod, as the pod reports it. */
export interface PodTiming {
  /** From the request until the response began. */
  milliseconds: number;
  /** Name of the pod. */
  pod?: string;
}

/** Response of an app; the body must be read or destroyed. */
export interface UpstreamAnswer {
  status: number;
  /** Media type of the body. */
  contentType?: string;
  /** Number of rows of a complete table; absent for streams and older runtimes. */
  rows?: number;
  /** Run that stored the result; absent if the function was called. */
  run?: RunOrigin;
  /** When the result was calculated, if that was before the call. */
  modifiedAt?: Date;
  /** Seconds. */
  retryAfter?: number;
  /** Time of the call in its pod, if the call is part of a trace. */
  timing?: PodTiming;
  body: AsyncIterable<Uint8Array> & {
    text(): Promise<string>;
    destroy(): unknown;
  };
}

/** Mode of a call: the whole result, or rows as they arrive. */
export type CallMode = 'call' | 'stream';

/** A way to the pods of an app. */
export interface Upstream {
  /**
   * Calls a function, or starts a stream of it; the body lasts until it is destroyed or the signal aborts.
   *
   * @throws AppNotRunningError, AppUnreachableError, AppTooSlowError when the app does not respond
   */
  ask(mode: CallMode, call: FunctionCall): Promise<UpstreamAnswer>;
  close(): Promise<void>;
}
