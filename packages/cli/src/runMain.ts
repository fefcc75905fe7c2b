import {
  KubeApiError,
  KubeconfigError,
  KubeConnectionError,
} from '@bailiwick/backstage-kube-controller';
import { ClusterError, fullDisk } from '@bailiwick/backstage-local-cluster';
import { CommandError } from './CommandError';

/**
 * Runs a command line program to its end: prints the message and remedy of an expected error, and sets the exit code of
 * this process.
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
    const said = fullDisk(error) ?? explain(error);
    const text = said
      ? `${said.message}\n${said.remedy}`
      : (error as Error).stack ?? String(error);
    process.stderr.write(`\n${text}\n`);
    process.exitCode = 1;
  }
}

/** Returns what happened and the remedy; `undefined` for an error that only a developer understands. */
function explain(
  error: unknown,
): { message: string; remedy: string } | undefined {
  if (error instanceof CommandError || error instanceof ClusterError)
    return error;
  if (error instanceof KubeconfigError)
    return {
      message: `${error.message}.`,
      remedy:
        'Set --kubeconfig to a kubeconfig that you can read, and --context to one of its contexts.',
    };
  if (error instanceof KubeConnectionError)
    return {
      message: `${error.message}.`,
      remedy: 'Check that the cluster runs and that this machine reaches it.',
    };
  if (
    error instanceof KubeApiError &&
    (error.status === 401 || error.status === 403)
  )
    return {
      message: `The API server refused this: ${error.message}.`,
      remedy: 'Use the kubeconfig of an administrator.',
    };
  return undefined;
}
