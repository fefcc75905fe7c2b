import { ClusterError, fullDisk } from '@bailiwick/backstage-local-cluster';
import { CommandError } from './CommandError';

/**
 * Runs a command line program to its end: prints the message and remedy of a {@link CommandError} or ClusterError, and sets the
 * exit code of this process.
 *
 * @param run - runs the command of the given arguments and returns its exit code
 */
export async function runMain(
  run: (args: string[]) => Promise<number>,
): Promise<void> {
  // A reader such as head closes the pipe when it has seen enough.
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) =>
    process.exit(code === 'EPIPE' ? 0 : 1),
  );
  try {
    process.exitCode = await run(process.argv.slice(2));
  } catch (error) {
    const known =
      error instanceof CommandError || error instanceof ClusterError
        ? error
        : undefined;
    const said = fullDisk(error) ?? known;
    const text = said
      ? `${said.message}\n${said.remedy}`
      : (error as Error).stack ?? String(error);
    process.stderr.write(`\n${text}\n`);
    process.exitCode = 1;
  }
}
