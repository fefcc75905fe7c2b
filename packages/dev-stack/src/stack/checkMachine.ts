import {
  chooseProvider,
  ClusterError,
  ensureDebianPackages,
} from '@bailiwick/backstage-local-cluster';
import { CommandError, type StackOptions } from '@bailiwick/backstage-cli';
import type { Reporter } from '../progress/Reporter';

/**
 * Checks early that pods will have a place to run and that git is installed.
 *
 * @throws CommandError with the missing part and its remedy
 */
export async function checkMachine(
  { context }: StackOptions,
  reporter: Reporter,
): Promise<void> {
  const { provider } = await chooseProvider({
    provider: 'auto',
    context,
    controlPlaneOnly: false,
  });
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  if (provider === 'local' && !isRoot) {
    throw new CommandError(
      'No cluster is available: no kubeconfig was given, Docker is not responding, and an embedded cluster needs Linux and root.',
      'Start Docker, or set --context or KUBECONFIG, or run the same command as root (sudo npm start).',
    );
  }
  try {
    // The portal hosts repositories with it.
    await ensureDebianPackages(
      { git: 'git' },
      { report: detail => reporter.say(`… ${detail}`) },
    );
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    throw new CommandError(error.message, error.remedy);
  }
}
