import type {
  TerminalMessage,
  TerminalSize,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { randomUUID } from 'node:crypto';
import { ExecStream, type ExecEnd } from './ExecStream';

/** Time limits of a terminal. */
export interface TerminalLimits {
  /** Milliseconds without input. */
  idle: number;
  /** Milliseconds in all. */
  longest: number;
}

/** A program that serves as a terminal. */
export interface Shell {
  /** Display name. */
  name: string;
  command: string[];
}

/** Options of a session. */
export interface TerminalSessionOptions {
  user: string;
  shells: Shell[];
  size: TerminalSize;
  limits: TerminalLimits;
  /** Starts a program in the container. */
  run(shell: Shell, size: TerminalSize): Promise<ExecStream>;
  /** Called once when it is over. */
  onEnd(why: string): void;
}

/** Messages about a program that is missing in the image. */
const notThere = /no such file|not found|executable file/i;
/** Ctrl-C and Ctrl-D, so that foreground programs end with the terminal. */
const goodbye = '\u0003\u0004';

/** A person's terminal in a container: streams output, accepts input, and ends with a reason. */
export class TerminalSession {
  readonly id = randomUUID();
  readonly user: string;
  readonly #options: TerminalSessionOptions;
  #exec: ExecStream;
  #shells: Shell[];
  #size: TerminalSize;
  #hasOutput = false;
  #isOver = false;
  #send: (message: TerminalMessage) => void = () => {};
  readonly #longest: NodeJS.Timeout;
  #idle: NodeJS.Timeout;

  /** Starts the first of the programs. @throws KubeApiError when the person may not */
  static async open(options: TerminalSessionOptions): Promise<TerminalSession> {
    const exec = await options.run(options.shells[0], options.size);
    return new TerminalSession(options, exec);
  }

  private constructor(options: TerminalSessionOptions, exec: ExecStream) {
    const { limits, shells, size, user } = options;
    this.#options = options;
    this.user = user;
    this.#exec = exec;
    this.#shells = shells;
    this.#size = size;
    this.#longest = setTimeout(
      () =>
        this.end(
          `The session reached its limit of ${minutes(limits.longest)}.`,
        ),
      limits.longest,
    );
    this.#idle = this.#waitForInput();
  }

  /** Starts the stream of messages: `open` first, `end` last. */
  start(send: (message: TerminalMessage) => void): void {
    this.#send = send;
    if (this.#isOver) return;
    send({ type: 'open', session: this.id, shell: this.#shells[0].name });
    this.#read();
  }

  /** @returns false if the program accepts no more input for now */
  write(text: string): boolean {
    if (!this.#exec.takesInput) return false;
    clearTimeout(this.#idle);
    if (!this.#isOver) this.#idle = this.#waitForInput();
    this.#exec.write(text);
    return true;
  }

  resize(size: TerminalSize): void {
    this.#size = size;
    this.#exec.resize(size);
  }

  pause(): void {
    this.#exec.pause();
  }

  resume(): void {
    this.#exec.resume();
  }

  /** Ends it at once; does nothing when it is over. */
  end(why: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#longest);
    clearTimeout(this.#idle);
    this.#exec.write(goodbye);
    this.#exec.close();
    this.#send({ type: 'end', why });
    this.#options.onEnd(why);
  }

  #read(): void {
    this.#exec.start(
      bytes => {
        if (this.#isOver) return;
        this.#hasOutput = true;
        const text = Buffer.from(bytes).toString('base64');
        this.#send({ type: 'output', bytes: text });
      },
      end => this.#ended(end),
    );
  }

  #ended(end: ExecEnd): void {
    if (this.#isOver) return;
    const others = this.#shells.slice(1);
    if (!this.#hasOutput && isMissing(end) && others.length > 0) {
      this.#shells = others;
      this.#tryNext().catch(error => this.end(error.message));
    } else this.end(terminationMessage(end));
  }

  async #tryNext(): Promise<void> {
    const [next] = this.#shells;
    const exec = await this.#options.run(next, this.#size);
    if (this.#isOver) {
      exec.close();
      return;
    }
    this.#exec = exec;
    this.#send({ type: 'shell', shell: next.name });
    this.#read();
  }

  #waitForInput(): NodeJS.Timeout {
    const { idle } = this.#options.limits;
    return setTimeout(
      () => this.end(`The session was idle for ${minutes(idle)}.`),
      idle,
    );
  }
}

/** Programs also report this by their exit code (POSIX, 2.8.2). */
function isMissing(end: ExecEnd): boolean {
  if (!end) return false;
  return 'code' in end
    ? end.code === 126 || end.code === 127
    : notThere.test(end.problem);
}

function terminationMessage(end: ExecEnd): string {
  if (!end)
    return 'The connection to the pod was lost, or the pod was deleted.';
  return 'code' in end
    ? `The program ended (exit code ${end.code}).`
    : `The program could not start: ${end.problem}`;
}

function minutes(milliseconds: number): string {
  const count = Math.round(milliseconds / 60_000);
  return count === 1 ? '1 minute' : `${count} minutes`;
}
