import { isAtLeast } from '../binaries/versions';
import { ClusterError } from '../ClusterError';
import { replaceFile } from '../files';
import { run, tryRun } from '../process/run';
import { flattenContext } from './commands';

/** From here on ValidatingAdmissionPolicy, which carries the guard rails, is stable. */
const OLDEST_SERVER = '1.30';

/** Network plugins that enforce NetworkPolicy, by the names of their DaemonSets. */
const ENFORCERS =
  /calico|cilium|antrea|kube-router|kindnet|ovn|canal|weave|azure-npm/;
/** The Amazon VPC CNI enforces only with its agent switched on. */
const VPC_CNI_AGENT = '--enable-network-policy=true';

/** Findings about an existing cluster. */
interface Inspection {
  server: string;
  version: string;
  networkPolicy: boolean;
  /** Features or rights that Bailiwick needs and this cluster or identity lacks, one sentence each. */
  lacks: string[];
}

/**
 * Copies one context into a kubeconfig of its own, so that later changes of the person's current
 * context do not redirect a running system.
 *
 * @throws ClusterError when there is no such context
 */
export async function adoptContext(
  kubectl: string,
  context: string | undefined,
  kubeconfig: string,
): Promise<void> {
  const { program, arguments: rest } = flattenContext(kubectl, context);
  try {
    replaceFile(kubeconfig, await run(program, rest, { timeout: 10_000 }), {
      mode: 0o600,
    });
  } catch (error) {
    throw new ClusterError(
      `The context ${context ?? '(current)'} cannot be used: ${
        (error as Error).message
      }`,
      'kubectl config get-contexts lists the contexts; choose one with --context.',
    );
  }
}

/**
 * Inspects the identity and capabilities of a cluster.
 *
 * @throws ClusterError when its API server does not respond
 */
export async function inspect(
  kubectl: string,
  kubeconfig: string,
): Promise<Inspection> {
  const ask = (...rest: string[]) =>
    tryRun(
      kubectl,
      [`--kubeconfig=${kubeconfig}`, '--request-timeout=5s', ...rest],
      { timeout: 15_000 },
    );
  const answer = await ask('version', '--output=json');
  const version = answer && JSON.parse(answer).serverVersion?.gitVersion;
  if (!version) {
    throw new ClusterError(
      'The API server of the chosen cluster is not responding.',
      'Check it with kubectl get --raw /readyz, or start with --provider local.',
    );
  }
  const config = JSON.parse(
    (await ask('config', 'view', '--output=json')) ?? '{}',
  );
  const mayAll =
    (await ask('auth', 'can-i', '*', '*', '--all-namespaces'))?.trim() ===
    'yes';
  const daemons =
    (await ask('get', 'daemonsets', '--all-namespaces', '--output=name')) ?? '';
  const vpcCni = daemons.includes('/aws-node')
    ? await ask(
        'get',
        'daemonset/aws-node',
        '--namespace=kube-system',
        '--output=jsonpath={.spec.template.spec.containers[*].args}',
      )
    : undefined;
  const networkPolicy =
    ENFORCERS.test(daemons) || Boolean(vpcCni?.includes(VPC_CNI_AGENT));
  const plain = String(version).replace(/^v/, '').split(/[-+]/)[0];
  return {
    server: config.clusters?.[0]?.cluster?.server ?? '',
    version,
    networkPolicy,
    lacks: [
      ...(isAtLeast(plain, OLDEST_SERVER)
        ? []
        : [`Kubernetes ${OLDEST_SERVER} or newer (it has ${version}).`]),
      ...(mayAll
        ? []
        : [
            'Administrator rights of this identity, to install kinds and roles.',
          ]),
      ...(networkPolicy
        ? []
        : ['A network plugin known to enforce NetworkPolicy.']),
    ],
  };
}
