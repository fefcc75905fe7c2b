import type { Desired } from '@bailiwick/backstage-kube-controller';
import { tenantLabels } from './tenantLabels';

// The dot avoids conflicts with the names of apps.

/** Returns the policy that denies all traffic which no other policy allows. */
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

/** Default address of NodeLocal DNSCache (kubernetes/dns, nodelocaldns). */
const nodeLocalDns = '169.254.20.10/32';

/** Returns the policy that allows DNS queries to the cluster's own name servers only. */
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
