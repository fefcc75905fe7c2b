import type { Networking } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Rule of the profiles. */
export const hostRule = '{app}-{environment}-{tenant}.apps.example.com';
/** Host name of the app `prices` in dev. */
export const host = 'prices-dev-rates-desk.apps.example.com';
const issuer = { kind: 'ClusterIssuer' as const, name: 'internal' };
const gateway = { namespace: 'edge', name: 'shared' };
/** No addresses. */
export const none: Networking = { profile: 'none' };
/** An Ingress with a certificate per address. */
export const ingress: Networking = {
  profile: 'ingress',
  hostRule,
  ingress: { className: 'nginx', annotations: { 'example.com/a': 'b' } },
  certificates: { issuer },
};
/** A route of the Gateway API. */
export const gatewayApi: Networking = {
  profile: 'gateway-api',
  hostRule,
  gatewayApi: { gateway, sectionName: 'apps' },
  certificates: { issuer },
};
/** A VirtualService of Istio. */
export const istio: Networking = {
  profile: 'istio',
  hostRule,
  istio: { gateway },
  certificates: { issuer },
};
/** A load balancer of GKE. */
export const gke: Networking = {
  profile: 'gke',
  hostRule,
  gke: {
    className: 'gke-l7-global-external-managed',
    certificateMap: 'apps',
    address: 'apps-ip',
  },
};
