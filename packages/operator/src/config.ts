import { createProcessIdentity } from '@bailiwick/backstage-kube-controller';
import { parseArgs } from 'node:util';

/** Options of an operator. */
export interface OperatorConfig {
  kubeconfig?: string;
  context?: string;
  /** Port of health and metrics; 0 for a free one. */
  port: number;
  /** Address of health and metrics. */
  host: string;
  leaderElection: boolean;
  /** Seconds after which another operator takes over from an unresponsive one. */
  leaseSeconds: number;
  /** Names of the controllers to run; all when absent. */
  controllers?: readonly string[];
  /** Name of this process among the candidates. */
  identity: string;
}

/** Text of `--help`. */
export const usage = `Usage: operator [options]

  --kubeconfig FILE      kubeconfig (BAILIWICK_KUBECONFIG, KUBECONFIG, ~/.kube/config)
  --context NAME         context of the kubeconfig (BAILIWICK_CONTEXT)
  --port N               port of health and metrics (BAILIWICK_OPERATOR_PORT, 8081)
  --host ADDRESS         address of health and metrics (127.0.0.1)
  --no-leader-election   start at once, for a single process
  --lease-seconds N      duration of the lease (15); another operator takes over when it expires. An operator that cannot
                         renew its lease for two thirds of this time exits
  --controllers LIST     run only these controllers, separated by commas (all)
`;

/**
 * Reads flags, then environment variables.
 *
 * @returns `undefined` when help is asked for
 * @throws Error for an unknown flag or a port that is none
 */
export function readConfig(
  args: string[],
  env: NodeJS.ProcessEnv,
): OperatorConfig | undefined {
  const { values } = parseArgs({
    args,
    options: {
      kubeconfig: { type: 'string' },
      context: { type: 'string' },
      port: { type: 'string' },
      host: { type: 'string' },
      'no-leader-election': { type: 'boolean' },
      'lease-seconds': { type: 'string' },
      controllers: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return undefined;
  const port = Number(values.port ?? env.BAILIWICK_OPERATOR_PORT ?? 8081);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error('--port must be a number from 0 to 65535');
  }
  const leaseSeconds = Number(values['lease-seconds'] ?? 15);
  if (!Number.isInteger(leaseSeconds) || leaseSeconds < 3) {
    throw new Error('--lease-seconds must be a whole number of at least 3');
  }
  return {
    kubeconfig: values.kubeconfig ?? env.BAILIWICK_KUBECONFIG,
    context: values.context ?? env.BAILIWICK_CONTEXT,
    port,
    host: values.host ?? '127.0.0.1',
    leaderElection: !values['no-leader-election'],
    controllers: values.controllers?.split(','),
    leaseSeconds,
    identity: createProcessIdentity(),
  };
}
