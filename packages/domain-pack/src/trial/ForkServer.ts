import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';

/** A Python module to run in a folder, as `python -m` does. */
export interface Program {
  module: string;
  arguments: string[];
  folder: string;
  environment?: Record<string, string>;
}

/** Output of a program, by stream. */
export interface Output {
  stream: 'stdout' | 'stderr';
  text: string;
}

/** A program that was started. */
export interface Running {
  /** Process ID; absent until the process exists, and if it could not be started. */
  readonly pid?: number;
  /** Exit code, or the negative number of the signal that ended the program; absent while it runs. */
  readonly exit?: number;
  /** Resolves with the exit code. */
  readonly ended: Promise<number>;
  /** Sends a signal to the program and the processes that it started. */
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
}

/** What the server reports: a program has started, written or ended. */
interface ProgramEvent {
  id: number;
  pid?: number;
  stdout?: string;
  stderr?: string;
  exit?: number;
}

/** Exit code of programs that could not be started, as in shells. */
const notStarted = 127;

/**
 * Starts Python programs from a process that has already imported large libraries: `bailiwick.fork_server` of the
 * function runtime.
 */
export class ForkServer {
  readonly #server: ChildProcess;
  readonly #listeners = new Map<number, (event: ProgramEvent) => void>();
  readonly #closed: Promise<void>;
  #count = 0;
  #complaints = '';
  #hasEnded = false;

  /** @param modules - modules to import beforehand */
  constructor(
    executable: string,
    environment: NodeJS.ProcessEnv,
    modules: readonly string[],
  ) {
    this.#server = spawn(
      executable,
      ['-m', 'bailiwick.fork_server', ...modules],
      { env: environment, stdio: 'pipe' },
    );
    this.#server.stderr!.on('data', text => {
      this.#complaints += text;
    });
    createInterface({ input: this.#server.stdout! }).on('line', line => {
      const event: ProgramEvent = JSON.parse(line);
      this.#listeners.get(event.id)?.(event);
    });
    // Requests to a server that has ended fail; `close` ends their programs.
    this.#server.stdin!.on('error', () => {});
    this.#server.on('error', error => {
      this.#complaints += error.message;
    });
    this.#closed = new Promise(resolve => {
      this.#server.on('close', () => {
        this.#hasEnded = true;
        this.#endAll();
        resolve();
      });
    });
  }

  /** Starts a program; `onOutput` receives its output as it is written. */
  start(
    program: Program,
    onOutput: (output: Output, running: Running) => void,
  ): Running {
    this.#count += 1;
    const id = this.#count;
    let pid: number | undefined;
    let exit: number | undefined;
    let end = (_: number) => {};
    const running: Running = {
      get pid() {
        return pid;
      },
      get exit() {
        return exit;
      },
      ended: new Promise(resolve => {
        end = resolve;
      }),
      kill: signal => this.#send({ id, signal: constants.signals[signal] }),
    };
    this.#listeners.set(id, event => {
      pid ??= event.pid;
      for (const stream of ['stdout', 'stderr'] as const)
        if (event[stream]) onOutput({ stream, text: event[stream] }, running);
      if (event.exit === undefined) return;
      exit = event.exit;
      this.#listeners.delete(id);
      end(exit);
    });
    if (this.#hasEnded) this.#endAll();
    else this.#send({ id, start: program });
    return running;
  }

  /** Ends the server and all programs. */
  async stop(): Promise<void> {
    this.#server.stdin!.end();
    await this.#closed;
  }

  #send(request: object): void {
    this.#server.stdin!.write(`${JSON.stringify(request)}\n`);
  }

  /** Ends the programs of a server that has ended. */
  #endAll(): void {
    for (const [id, listener] of this.#listeners)
      listener({ id, stderr: this.#complaints, exit: notStarted });
  }
}
