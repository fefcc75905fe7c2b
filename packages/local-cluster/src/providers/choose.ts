import { tryRun } from '../process/run';
import type { StartOptions } from '../StartOptions';
import type { Choice } from './Provider';

const DOCKER_TIMEOUT_MS = 3_000;

/** Inputs of the choice; replaced in tests. */
interface Surroundings {
  environment: NodeJS.ProcessEnv;
  dockerAnswers: () => Promise<boolean>;
}

/** This machine as it is. */
const thisMachine: Surroundings = {
  environment: process.env,
  dockerAnswers: async () => {
    const format = ['info', '--format', '{{.ServerVersion}}'];
    const version = await tryRun('docker', format, {
      timeout: DOCKER_TIMEOUT_MS,
    });
    return Boolean(version?.trim());
  },
};

/** Chooses the provider: the requested one, otherwise an existing cluster, kind, or local. */
export async function chooseProvider(
  options: Pick<StartOptions, 'provider' | 'context' | 'controlPlaneOnly'>,
  surroundings: Surroundings = thisMachine,
): Promise<Choice> {
  const { environment } = surroundings;
  if (options.provider !== 'auto') {
    return {
      provider: options.provider,
      why: `--provider ${options.provider} was given`,
    };
  }
  if (options.controlPlaneOnly) {
    return { provider: 'local', why: '--control-plane-only was given' };
  }
  if (options.context) {
    return {
      provider: 'existing',
      why: `context ${options.context} was given`,
    };
  }
  if (environment.KUBECONFIG) {
    return {
      provider: 'existing',
      why: `KUBECONFIG is set to ${environment.KUBECONFIG}`,
    };
  }
  if (await surroundings.dockerAnswers()) {
    return {
      provider: 'kind',
      why: 'Docker is responding, and no cluster was given',
    };
  }
  return {
    provider: 'local',
    why: 'no cluster was given and Docker is not responding',
  };
}
