/** One request at the wire. @public */
export interface WireRequest {
  method: string;
  /** Path and query. */
  path: string;
  headers: Record<string, string | string[]>;
  body?: string | Uint8Array;
  signal?: AbortSignal;
  /**
   * Called just before the request is sent, after the credentials were read and a connection is ready; `false` refuses
   * it.
   */
  maySend?: () => boolean;
  /** Milliseconds to wait for the first byte and between bytes; 0 waits forever. */
  headersTimeout: number;
  bodyTimeout: number;
}

/** The response; its body must be read or destroyed. @public */
export interface WireResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: AsyncIterable<Uint8Array> & {
    text(): Promise<string>;
    destroy(): unknown;
  };
}

/** A request to open a WebSocket. @public */
export interface SocketRequest {
  /** Path and query. */
  path: string;
  headers: Record<string, string | string[]>;
  /** Subprotocols in order of preference. */
  protocols: string[];
  signal?: AbortSignal;
}

/** Response of the API server that refused a WebSocket. @public */
export interface SocketRefusal {
  status: number;
  text: string;
}

/** An open WebSocket of bytes; paused until it is resumed for the first time. @public */
export interface KubeSocket {
  /** The subprotocol that the server chose. */
  readonly protocol: string;
  /** Number of bytes that are buffered for sending. */
  readonly waiting: number;
  /**
   * No effect on a closed socket.
   *
   * @param onSent - called once the operating system has the bytes, or with the error of a closed socket
   */
  send(bytes: Uint8Array, onSent?: (error?: Error) => void): void;
  onMessage(listener: (bytes: Uint8Array) => void): void;
  /** Called once when the socket is closed by either side. */
  onClose(listener: () => void): void;
  pause(): void;
  resume(): void;
  close(): void;
}

/** Connections to one API server with one set of credentials. @public */
export interface Connection {
  /** Address of the API server, for messages. */
  readonly server: string;
  /**
   * Sends a request. @throws KubeConnectionError without a response, LeadershipLostError when it
   * may not be sent
   */
  send(request: WireRequest): Promise<WireResponse>;
  /**
   * Opens a WebSocket; absent where not supported. @throws KubeConnectionError without a response
   */
  openSocket?(request: SocketRequest): Promise<KubeSocket | SocketRefusal>;
  close(): Promise<void>;
}
