import { execFile } from 'node:child_process';
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
