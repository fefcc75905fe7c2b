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

/** A request that goes over to a WebSocket. */
export interface SocketRequest {
  /** Path and query. */
  path: string;
  headers: Record<string, string | string[]>;
  /** Subprotocols, the best one first. */
  protocols: string[];
  signal?: AbortSignal;
}

/** What the API server answered instead of a WebSocket. */
export interface SocketRefusal {
  status: number;
  text: string;
}

/** An open WebSocket of bytes; paused until it is resumed for the first time. */
export interface KubeSocket {
  /** The subprotocol that the server chose. */
  readonly protocol: string;
  /** Bytes that were sent and have not gone out yet. */
  readonly waiting: number;
  /** Does nothing when it is closed. */
  send(bytes: Uint8Array): void;
  onMessage(listener: (bytes: Uint8Array) => void): void;
  /** Told once when it is closed, whoever closed it. */
  onClose(listener: () => void): void;
  pause(): void;
  resume(): void;
  close(): void;
}

/** Connections to one API server with one set of credentials. */
export interface Connection {
  /** Address of the API server, for messages. */
  readonly server: string;
  /** Sends a request. @throws KubeConnectionError when no answer came, LeadershipLostError when it may not send. */
  send(request: WireRequest): Promise<WireResponse>;
  /** Opens a WebSocket; absent where that cannot be. @throws KubeConnectionError when no answer came */
  openSocket?(request: SocketRequest): Promise<KubeSocket | SocketRefusal>;
  close(): Promise<void>;
}
