import { apply, kubectl } from './kubectl';

/** A container that runs Python code. */
export interface Program {
  name: string;
  code: string;
  /** Memory such as 128Mi; the plan's default if absent. */
  memory?: string;
}

/** Runs a pod of the runtime's image, as locked down as those of apps, and waits until it is ready. */
export async function runPod(
  namespace: string,
  name: string,
  programs: Program[],
): Promise<void> {
  const image = await kubectl(
    ...['get', 'configmap', '-n', 'bailiwick-system', 'runtime-images'],
    ...['-o', 'jsonpath={.data.bailiwick\\.python}'],
  );
  await apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { probe: name } },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: programs.map(program => container(image, program)),
    },
  });
  await kubectl(
    ...['wait', '-n', namespace, `pod/${name}`],
    ...['--for=condition=Ready', '--timeout=60s'],
  );
}

function container(image: string, { code, memory, name }: Program) {
  return {
    name,
    image,
    command: ['python3', '-c', code],
    workingDir: '/tmp',
    ...(memory && {
      resources: { requests: { memory }, limits: { memory } },
    }),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    },
  };
}
