import { spawn } from 'node:child_process';

/**
 * Runs git and returns what it prints.
 *
 * @throws Error with git's own words when it fails, AbortError when the signal ended it.
 */
export async function git(
  args: string[],
  input?: string | Buffer,
  signal?: AbortSignal,
): Promise<Buffer> {
  const child = spawn('git', args, { stdio: 'pipe', signal });
  const [out, err]: Buffer[][] = [[], []];
  child.stdout.on('data', chunk => out.push(chunk));
  child.stderr.on('data', chunk => err.push(chunk));
  child.stdin.on('error', () => {}); // git may end before it has read everything
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) {
    throw new Error(
      `git ${args.join(' ')}: ${Buffer.concat(err).toString().trim()}`,
    );
  }
  return Buffer.concat(out);
}

/** The same as text without the last line end. */
export async function gitText(args: string[]): Promise<string> {
  return (await git(args)).toString().trim();
}
