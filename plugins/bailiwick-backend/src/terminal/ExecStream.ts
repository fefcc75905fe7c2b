import {
  coreKinds,
  resourcePath,
  type KubeClient,
  type KubeSocket,
} from '@bailiwick/backstage-kube-controller';
import type { TerminalSize } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Subprotocols of the API server; the first byte of each message is its channel. */
const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const channel = { input: 0, output: 1, errors: 2, status: 3, resize: 4 };
/** Bytes of input that may wait for a program that does not read. */
const mostWaiting = 1_000_000;

/** End of a program, as reported by the API server; `undefined` if the connection broke before. */
export type ExecEnd = { code: number } | { problem: string } | undefined;

/** Program to run, and its container. */
export interface ExecTarget {
  namespace: string;
  pod: string;
  container?: string;
  command: string[];
  size: TerminalSize;
}

/** A program in a container with a terminal, by the API server's WebSocket. */
export class ExecStream {
  readonly #socket: KubeSocket;
  #end: ExecEnd;

  /** @throws KubeApiError when the person whose client it is may not, or there is no such pod */
  static async open(
    client: KubeClient,
    { command, container, namespace, pod, size }: ExecTarget,
  ): Promise<ExecStream> {
    const socket = await client.openSocket({
      path: resourcePath(coreKinds.pods, {
        namespace,
        name: pod,
        subresource: 'exec',
      }),
      query: {
        command,
        container,
        stdin: true,
        stdout: true,
        tty: true,
      },
      protocols,
    });
    const stream = new ExecStream(socket);
    stream.resize(size);
    return stream;
  }

  private constructor(socket: KubeSocket) {
    this.#socket = socket;
  }

  /** Starts reading: output goes to the first callback, the end to the second, once. */
  start(
    onOutput: (bytes: Uint8Array) => void,
    onEnd: (end: ExecEnd) => void,
  ): void {
    this.#socket.onMessage(message => {
      const bytes = message.subarray(1);
      if (message[0] === channel.output || message[0] === channel.errors) {
        if (bytes.length > 0) onOutput(bytes);
      } else if (message[0] === channel.status) {
        this.#end = readStatus(Buffer.from(bytes).toString('utf8'));
        this.#socket.close();
      }
    });
    this.#socket.onClose(() => onEnd(this.#end));
    this.#socket.resume();
  }

  /** Whether the program accepts input. */
  get takesInput(): boolean {
    return this.#socket.waiting < mostWaiting;
  }

  write(text: string): void {
    this.#send(channel.input, text);
  }

  resize({ columns, rows }: TerminalSize): void {
    const size = { Width: columns, Height: rows };
    this.#send(channel.resize, JSON.stringify(size));
  }

  /** Reads no output until {@link ExecStream.resume}; the program waits, too. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(): void {
    this.#socket.close();
  }

  #send(to: number, text: string): void {
    this.#socket.send(Buffer.concat([Buffer.from([to]), Buffer.from(text)]));
  }
}

interface ExecStatus {
  status?: string;
  message?: string;
  details?: { causes?: { reason?: string; message?: string }[] };
}

function readStatus(text: string): ExecEnd {
  try {
    const { details, message = text, status }: ExecStatus = JSON.parse(text);
    if (status === 'Success') return { code: 0 };
    const exit = details?.causes?.find(({ reason }) => reason === 'ExitCode');
    return exit ? { code: Number(exit.message) } : { problem: message };
  } catch {
    return { problem: text };
  }
}
