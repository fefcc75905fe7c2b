import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../../../..');
/** Module that lets a test trigger garbage collection, so that only reachable memory counts. */
const collector = "data:text/javascript,process.on('SIGUSR2',()=>gc())";

let bundle: string | undefined;

/** Puts the operator into one file, as it is run; it starts in a third of the time. */
function bundled(): string {
  bundle ??= execFileSync(
    process.execPath,
    [
      join(root, 'scripts/bundle.mjs'),
      join(root, 'packages/operator/src/main.ts'),
    ],
    { encoding: 'utf8' },
  ).trim();
  return bundle;
}

/** Options of {@link OperatorProcess.start}. */
export interface OperatorProcessOptions {
  kubeconfig: string;
  /** Name of the client of this kubeconfig; `operator` when absent. */
  name?: string;
  /** Uses leader election; leads at once by default. */
  leaderElection?: boolean;
  /** Seconds until others take over from it when it falls silent; the operator's own choice when absent. */
  leaseSeconds?: number;
  /** By how much its clock is ahead; 0 when absent. */
  clockAheadSeconds?: number;
}

/** One line of the operator's log. */
export interface LogLine {
  level: string;
  message: string;
  [field: string]: unknown;
}

/** The operator's real program as a child process. */
export class OperatorProcess {
  /** Everything it wrote, oldest first; lines that are no JSON have the level `raw`. */
  readonly log: LogLine[] = [];
  /** Fulfilled with exit code or signal when it has ended. */
  readonly ended: Promise<number | string>;
  /** As which it is known to the proxy. */
  readonly name: string;
  readonly #child: ChildProcess;
  #isDoomed = false;

  private constructor(child: ChildProcess, name: string) {
    this.#child = child;
    this.name = name;
    for (const stream of [child.stdout!, child.stderr!]) {
      createInterface({ input: stream }).on('line', line =>
        this.log.push(readLine(line)),
      );
    }
    this.ended = once(child, 'close').then(([code, signal]) => code ?? signal);
  }

  /** Starts it; it may take a second until it works. */
  static start({
    kubeconfig,
    name = 'operator',
    leaderElection = false,
    leaseSeconds,
    clockAheadSeconds = 0,
  }: OperatorProcessOptions): OperatorProcess {
    const child = spawn(
      process.execPath,
      [
        '--expose-gc',
        ...['--import', collector],
        ...['--import', clock(clockAheadSeconds)],
        bundled(),
        ...['--kubeconfig', kubeconfig, '--port', '0'],
        ...(leaderElection ? [] : ['--no-leader-election']),
        ...(leaseSeconds ? ['--lease-seconds', String(leaseSeconds)] : []),
      ],
      {
        // Objects of the caches are read-only then, so that code which changes them fails.
        env: { ...process.env, NODE_ENV: 'test', NODE_OPTIONS: '' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    return new OperatorProcess(child, name);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Whether it has not ended and is not about to. */
  get isRunning(): boolean {
    const { exitCode, signalCode } = this.#child;
    return !this.#isDoomed && exitCode === null && signalCode === null;
  }

  /** Whether it claims to lead. */
  get leads(): boolean {
    return (
      this.isRunning && this.log.some(({ message }) => message === 'Leading')
    );
  }

  /** Sends a signal; nothing when it has ended already. */
  signal(signal: NodeJS.Signals): void {
    this.#isDoomed ||= signal === 'SIGKILL';
    this.#child.kill(signal);
  }

  /** Kills it at once. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }

  /** Stops it gracefully; returns exit code or signal, and the duration in milliseconds. */
  async stop(): Promise<{ code: number | string; milliseconds: number }> {
    const start = performance.now();
    this.signal('SIGTERM');
    const code = await this.ended;
    return { code, milliseconds: performance.now() - start };
  }

  /** Port of health and metrics, `undefined` until it has started. */
  get port(): number | undefined {
    const line = this.log.find(({ message }) => message === 'Started');
    return line?.port as number | undefined;
  }

  /** Sends a request to its health server; returns status and text. @throws Error without a response in 5 s */
  async ask(path: string): Promise<{ status: number; text: string }> {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      signal: AbortSignal.timeout(5000),
    });
    return { status: response.status, text: await response.text() };
  }

  /** Value of one of its metrics, added up over all labels. */
  async metric(name: string): Promise<number> {
    const { text } = await this.ask('/metrics');
    return text
      .split('\n')
      .filter(
        line => line.startsWith(`${name} `) || line.startsWith(`${name}{`),
      )
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }
}

/** Sets the clock of a process; timers run on as they are. */
function clock(secondsAhead: number): string {
  const ahead = secondsAhead * 1000;
  return `data:text/javascript,globalThis.Date=class extends Date{constructor(...a){if(a.length)super(...a);else super(Date.now())}static now(){return super.now()+${ahead}}}`;
}

function readLine(line: string): LogLine {
  try {
    return JSON.parse(line);
  } catch {
    return { level: 'raw', message: line };
  }
}
