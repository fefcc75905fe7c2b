import type { Desired } from '@bailiwick/backstage-kube-controller';
import type { AppInstance } from '../../../cache';
import type { ConnectionInUse } from '../workload';
import { appLabels, allPodsSelector } from './appLabels';

/** Name of the policy that lets an app out; a dot keeps it apart from the names of apps. */
export function egressName(app: string): string {
  return `${app}.connections`;
}

/** Rules that let pods reach some connections. */
export function egressRules(
  connections: Pick<ConnectionInUse, 'egress' | 'port'>[] = [],
) {
  return connections.map(({ egress, port }) => ({
    to: peersOf(egress),
    ports: [{ protocol: 'TCP', port }],
  }));
}

/** Lets all pods of an app out, also those of its runs; nothing without rules. */
export function desiredEgress(
  place: AppInstance,
  rules: ReturnType<typeof egressRules>,
): Desired[] {
  if (rules.length === 0) return [];
  const { app, namespace } = place;
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: egressName(app), namespace, labels: appLabels(place) },
      spec: {
        podSelector: { matchLabels: allPodsSelector(place) },
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
