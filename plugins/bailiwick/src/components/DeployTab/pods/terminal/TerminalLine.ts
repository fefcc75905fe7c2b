import type {
  EnvironmentClient,
  TerminalMessage,
  TerminalSize,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Maximum number of characters per call. */
const mostAtOnce = 4_096;
const prefix = 'data: ';

/** Events of a terminal. */
export interface TerminalListener {
  onShell(shell: string): void;
  /** Fulfilled when it is shown; more is not read before. */
  onOutput(bytes: Uint8Array): Promise<void>;
}

/** Connection to a terminal in a pod: output is a stream, input is sent in calls, one after another. */
export class TerminalLine {
  readonly #client: EnvironmentClient;
  readonly #pod: string;
  readonly #closed = new AbortController();
  #session = '';
  #typed = '';
  #isSending = false;

  constructor(client: EnvironmentClient, pod: string) {
    this.#client = client;
    this.#pod = pod;
  }

  /** Follows it to its end. @returns why it ended @throws RequestFailedError when it cannot be opened */
  async run(size: TerminalSize, listener: TerminalListener): Promise<string> {
    const { signal } = this.#closed;
    const response = await this.#client.openTerminal(this.#pod, size, {
      signal,
    });
    const reader = response
      .body!.pipeThrough(new TextDecoderStream())
      .getReader();
    let rest = '';
    for (
      let part = await reader.read();
      !part.done;
      part = await reader.read()
    ) {
      const lines = (rest + part.value).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (!line.startsWith(prefix)) continue;
        const why = await this.#take(
          JSON.parse(line.slice(prefix.length)),
          listener,
        );
        if (why) return why;
      }
    }
    return 'The portal closed the connection.';
  }

  /** Sends input, in order. */
  type(text: string): void {
    this.#typed += text;
    this.#sendTyped();
  }

  /** Has no effect after the end of the terminal. */
  resize(size: TerminalSize): void {
    if (!this.#session) return;
    this.#client.resizeTerminal(this.#pod, this.#session, size).catch(() => {});
  }

  close(): void {
    this.#closed.abort();
  }

  async #take(
    message: TerminalMessage,
    listener: TerminalListener,
  ): Promise<string | undefined> {
    if (message.type === 'end') return message.why;
    if (message.type === 'output') {
      await listener.onOutput(bytesOf(message.bytes));
      return undefined;
    }
    if (message.type === 'open') this.#session = message.session;
    listener.onShell(message.shell);
    this.#sendTyped();
    return undefined;
  }

  #sendTyped(): void {
    if (this.#isSending || !this.#session || !this.#typed) return;
    const text = this.#typed.slice(0, mostAtOnce);
    this.#typed = this.#typed.slice(mostAtOnce);
    this.#isSending = true;
    this.#client
      .typeIntoTerminal(this.#pod, this.#session, text)
      // The stream reports why it is over; the input is lost.
      .catch(() => {})
      .finally(() => {
        this.#isSending = false;
        this.#sendTyped();
      });
  }
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), character => character.charCodeAt(0));
}
