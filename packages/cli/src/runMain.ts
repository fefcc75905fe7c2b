import {
  KubeApiError,
  KubeconfigError,
  KubeConnectionError,
} from '@bailiwick/backstage-kube-controller';
import { ClusterError, fullDisk } from '@bailiwick/backstage-local-cluster';
import { CommandError } from './CommandError';

/** Message of an authorizer, in contrast to that of a policy or quota. */
const missingRight = / cannot \w+ resource /;

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
      ? [said.message, said.remedy].filter(Boolean).join('\n')
      : (error as Error).stack ?? String(error);
    process.stderr.write(`\n${text}\n`);
    process.exitCode = 1;
  }
}

/** Returns what happened and the remedy; `undefined` for an error that only a developer understands. */
function explain(
  error: unknown,
): { message: string; remedy?: string } | undefined {
  if (error instanceof CommandError || error instanceof ClusterError)
    return error;
  // The message contains the remedy.
  if (error instanceof KubeconfigError)
    return { message: sentence(error.message) };
  if (error instanceof KubeConnectionError)
    return {
      message: sentence(error.message),
      remedy: 'Check that the cluster runs and that this machine reaches it.',
    };
  if (!(error instanceof KubeApiError)) return undefined;
  if (error.status === 401)
    return {
      message: sentence(`The API server rejected the login: ${error.message}`),
      remedy: 'Sign in to the cluster again, or use another kubeconfig.',
    };
  if (missingRight.test(error.message))
    return {
      message: sentence(`The API server refused this: ${error.message}`),
      remedy: 'Use the kubeconfig of an administrator.',
    };
  return undefined;
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}
