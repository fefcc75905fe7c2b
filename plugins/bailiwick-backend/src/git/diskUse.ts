import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Bytes of disk that folders use together; files that are deleted meanwhile do not count. */
export async function diskUse(folders: string[]): Promise<number> {
  if (folders.length === 0) return 0;
  const { stdout } = await run('du', ['-skc', '--', ...folders]).catch(
    // `du` also reports the sizes that it could read.
    (error: Error & { stdout?: string }) => {
      if (!error.stdout) throw error;
      return { stdout: error.stdout };
    },
  );
  return Number.parseInt(stdout.trim().split('\n').at(-1) ?? '', 10) * 1024;
}
