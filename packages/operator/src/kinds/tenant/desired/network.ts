import type { Desired } from '@bailiwick/backstage-kube-controller';
import { tenantLabels } from './tenantLabels';

// A dot keeps these names apart from those of apps, which cannot contain one.

/** Nothing goes in or out unless another policy opens it. */
export function desiredDefaultDeny(
  tenant: string,
  namespace: string,
  environment?: string,
): Desired {
  return policy('bailiwick.default-deny', tenant, namespace, environment, {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
  });
}

/** Address of NodeLocal DNSCache, where a cluster has one (kubernetes/dns, nodelocaldns). */
const nodeLocalDns = '169.254.20.10/32';

/** Pods may ask the cluster's own name servers, and nobody else on that port. */
export function desiredAllowDns(
  tenant: string,
  namespace: string,
  environment: string,
): Desired {
  return policy('bailiwick.allow-dns', tenant, namespace, environment, {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [
      {
        to: [
          {
            namespaceSelector: {
              matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' },
            },
            podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
          },
          { ipBlock: { cidr: nodeLocalDns } },
        ],
        ports: [
          { protocol: 'UDP', port: 53 },
          { protocol: 'TCP', port: 53 },
        ],
      },
    ],
  });
}

function policy(
  name: string,
  tenant: string,
  namespace: string,
  environment: string | undefined,
  spec: object,
): Desired {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, labels: tenantLabels(tenant, environment) },
    spec,
  };
}
