import { repositoryRoot } from '@bailiwick/backstage-cli';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Limits in bytes of a process's resident memory. */
export interface MemoryLimits {
  /** Above, the process writes a report of its stacks, handles and memory. */
  report: number;
  /** Above, the process is killed, before the kernel kills others after minutes without memory. */
  end: number;
}

const defaultLimits: MemoryLimits = { report: 3 * 2 ** 30, end: 8 * 2 ** 30 };

const pollIntervalMs = 1_000;

const millisecondsOfSample = 500;

/** Threads of a process that are named. */
const threadsNamed = 3;

/** Jest's main process and its workers. */
const jest = join(repositoryRoot, 'node_modules/jest');

/** Environment in which Node.js processes write a report into a folder when they receive SIGUSR2. */
export function withMemoryReports(folder: string): Record<string, string> {
  return {
    NODE_OPTIONS: [
      process.env.NODE_OPTIONS ?? '',
      `--report-on-signal --report-directory=${folder}`,
    ]
      .join(' ')
      .trim(),
  };
}

/**
 * Watches the memory of the test processes on Linux: a leak in one of them must not stop the whole machine. Returns a
 * function that ends the watch.
 *
 * @param print - receives a line for each process above a limit
 * @param marker - part of the command line of the watched processes
 */
export function watchMemory(
  print: (line: string) => void,
  limits: MemoryLimits = defaultLimits,
  marker: string = jest,
): () => void {
  if (process.platform !== 'linux') return () => {};
  const reported = new Set<number>();
  const timer = setInterval(() => {
    for (const { bytes, pid } of large(limits.report, marker)) {
      const size = `${(bytes / 2 ** 30).toFixed(1)} GiB`;
      if (bytes > limits.end) {
        print(`Process ${pid} of the tests had ${size}, and was killed.`);
        kill(pid, 'SIGKILL');
      } else if (!reported.has(pid)) {
        reported.add(pid);
        print(`Process ${pid} of the tests has ${size}; it writes a report.`);
        kill(pid, 'SIGUSR2');
        // A process that is busy in native code writes none, but its threads have names.
        const before = ticksOfThreads(pid);
        setTimeout(() => {
          print(`Its busiest threads: ${busiest(before, ticksOfThreads(pid))}`);
        }, millisecondsOfSample);
      }
    }
  }, pollIntervalMs);
  timer.unref();
  return () => clearInterval(timer);
}

function large(limit: number, marker: string) {
  return readdirSync('/proc')
    .map(Number)
    .filter(pid => pid > 0 && pid !== process.pid)
    .map(pid => ({ pid, bytes: residentBytes(pid) }))
    .filter(({ bytes, pid }) => bytes > limit && isOf(pid, marker));
}

/** Resident memory of a process (proc_pid_status(5)); 0 after its end. */
function residentBytes(pid: number): number {
  const [, kibibytes = '0'] =
    /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`)) ?? [];
  return Number(kibibytes) * 1024;
}

/** Returns the processor time of threads by name and id, in clock ticks (proc_pid_stat(5), fields 2, 14 and 15). */
function ticksOfThreads(pid: number): Map<string, number> {
  const folder = `/proc/${pid}/task`;
  return new Map(
    namesIn(folder).map(thread => {
      const [, name = '', rest = ''] =
        /\((.*)\) (.*)/s.exec(read(join(folder, thread, 'stat'))) ?? [];
      const fields = rest.split(' ');
      return [`${name} ${thread}`, Number(fields[11]) + Number(fields[12])];
    }),
  );
}

function busiest(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): string {
  return [...after]
    .map(([name, ticks]) => [name, ticks - (before.get(name) ?? 0)] as const)
    .sort(([, one], [, other]) => other - one)
    .slice(0, threadsNamed)
    .map(([name, ticks]) => `${name} (${ticks} ticks)`)
    .join(', ');
}

/** Returns the names in a folder; none after the end of its process. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isOf(pid: number, marker: string): boolean {
  return read(`/proc/${pid}/cmdline`).includes(marker);
}

/** Returns the content of a file; an empty text if its process has ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function kill(pid: number, signal: 'SIGKILL' | 'SIGUSR2'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}
