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

/**
 * Pods may look names up. The port is opened rather than an address, because a cluster's name
 * servers are pods in one cluster and processes on the host or a node-local cache in another.
 */
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
