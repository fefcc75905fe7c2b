/** One request as it goes over the wire. */
export interface WireRequest {
  method: string;
  /** Path and query. */
  path: string;
  headers: Record<string, string | string[]>;
  body?: string | Uint8Array;
  signal?: AbortSignal;
  /** Asked just before the request goes out, when the credentials are there; `false` refuses it. */
  maySend?: () => boolean;
  /** Milliseconds to wait for the first byte, and between bytes; 0 waits for ever. */
  headersTimeout: number;
  bodyTimeout: number;
}

/** The answer; the body must be read or destroyed. */
export interface WireResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: AsyncIterable<Uint8Array> & {
    text(): Promise<string>;
    destroy(): unknown;
  };
}

/** Connections to one API server with one set of credentials. */
export interface Connection {
  /** Address of the API server, for messages. */
  readonly server: string;
  /** Sends a request. @throws KubeConnectionError when no answer came, LeadershipLostError when it may not send. */
  send(request: WireRequest): Promise<WireResponse>;
  close(): Promise<void>;
}
