import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Runs git and returns its output.
 *
 * @throws Error with git's message when it fails, AbortError when the signal aborted it.
 */
export async function git(
  args: string[],
  input?: string | Buffer,
  signal?: AbortSignal,
): Promise<Buffer> {
  const running = run('git', args, {
    encoding: 'buffer',
    maxBuffer: Infinity,
    signal,
  });
  running.child.stdin?.on('error', () => {}); // git may end before it has read everything
  running.child.stdin?.end(input);
  return (await running).stdout;
}

/** The same as text without the last line end. */
export async function gitText(args: string[]): Promise<string> {
  return (await git(args)).toString().trim();
}

/** Milliseconds for a command whose output is limited. */
const longestCommand = 10_000;

/** KiB of memory for it, on Linux; git holds all names and all differences before it prints any. */
const mostMemory = 2 * 1024 ** 2;

/** The beginning of the output of a command. */
export interface LimitedOutput {
  output: Buffer;
  /** Whether there was more. */
  isCut: boolean;
}

/**
 * Runs git and returns at most the first bytes of its output; git ends there. A few kilobytes of a repository can have
 * gigabytes of files or differences, so its time and memory are limited, too.
 *
 * @throws Error with git's message when it fails or takes longer than 10 s
 */
export async function gitUpTo(
  args: string[],
  maxBytes: number,
): Promise<LimitedOutput> {
  const limited = `ulimit -v ${mostMemory}; exec git "$@"`;
  const child = spawn('sh', ['-c', limited, 'git', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const timer = setTimeout(() => child.kill(), longestCommand);
  const [parts, words]: Buffer[][] = [[], []];
  let bytes = 0;
  child.stderr.on('data', chunk => words.push(chunk));
  try {
    for await (const chunk of child.stdout) {
      parts.push(chunk);
      bytes += chunk.length;
      if (bytes > maxBytes) break;
    }
    if (bytes > maxBytes) child.kill();
    await ended;
  } finally {
    clearTimeout(timer);
  }
  const isCut = bytes > maxBytes;
  if (child.exitCode !== 0 && !isCut) {
    const message = Buffer.concat(words).toString().trim();
    throw new Error(message || `git ended after ${longestCommand / 1000} s`);
  }
  return { output: Buffer.concat(parts).subarray(0, maxBytes), isCut };
}
