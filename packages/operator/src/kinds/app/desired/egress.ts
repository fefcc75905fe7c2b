import type { Desired } from '@bailiwick/backstage-kube-controller';
import type { AppInstance } from '../../../cache';
import type { ConnectionInUse } from '../workload';
import { appLabels, allPodsSelector } from './appLabels';

/** Returns the name of the egress policy of an app; the dot avoids conflicts with app names. */
export function egressName(app: string): string {
  return `${app}.connections`;
}

/** Returns the egress rules for connections. */
export function egressRules(
  connections: Pick<ConnectionInUse, 'egress' | 'port'>[] = [],
) {
  return connections.map(({ egress, port }) => ({
    to: peersOf(egress),
    ports: [{ protocol: 'TCP', port }],
  }));
}

/** Returns the egress policy of all pods of an app, including its runs; none without rules. */
export function desiredEgress(
  instance: AppInstance,
  rules: ReturnType<typeof egressRules>,
): Desired[] {
  if (rules.length === 0) return [];
  const { app, namespace } = instance;
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name: egressName(app),
        namespace,
        labels: appLabels(instance),
      },
      spec: {
        podSelector: { matchLabels: allPodsSelector(instance) },
        policyTypes: ['Egress'],
        egress: rules,
      },
    },
  ];
}

function peersOf({
  cidrs = [],
  namespace,
}: {
  cidrs?: string[];
  namespace?: string;
}) {
  return namespace
    ? [
        {
          namespaceSelector: {
            matchLabels: { 'kubernetes.io/metadata.name': namespace },
          },
        },
      ]
    : cidrs.map(cidr => ({ ipBlock: { cidr } }));
}
