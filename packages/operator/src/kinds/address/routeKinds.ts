import type { ResourceType } from '@bailiwick/backstage-kube-controller';

/** A kind of objects of addresses. */
export interface RouteKind extends ResourceType {
  /** Project whose installation has the kind. */
  project: string;
  /** Whether objects can be in namespaces of proxies. */
  isElsewhere?: boolean;
}

const kind = (
  apiVersion: string,
  name: string,
  plural: string,
  project: string,
): RouteKind => ({
  apiVersion,
  kind: name,
  plural,
  scope: 'Namespaced',
  project,
});

const gatewayApi = 'gateway.networking.k8s.io/v1';
const gke = 'networking.gke.io/v1';

/** All kinds of objects that the profiles of networking use. */
export const routeKinds: readonly RouteKind[] = [
  kind('v1', 'Service', 'services', 'Kubernetes'),
  kind('networking.k8s.io/v1', 'Ingress', 'ingresses', 'Kubernetes'),
  kind(gatewayApi, 'Gateway', 'gateways', 'Gateway API'),
  kind(gatewayApi, 'HTTPRoute', 'httproutes', 'Gateway API'),
  kind('networking.istio.io/v1', 'VirtualService', 'virtualservices', 'Istio'),
  kind(gke, 'HealthCheckPolicy', 'healthcheckpolicies', 'GKE'),
  kind(gke, 'GCPBackendPolicy', 'gcpbackendpolicies', 'GKE'),
  {
    ...kind(
      'cert-manager.io/v1',
      'Certificate',
      'certificates',
      'cert-manager',
    ),
    isElsewhere: true,
  },
];
