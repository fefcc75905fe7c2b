import type { Desired } from '@bailiwick/backstage-kube-controller';
import type { Networking } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { systemNamespace } from '../../../names';
import { addressLabels } from './addressLabels';
import { sharedName } from './certificates';
import { gatewayServiceName } from './GatewayService';

const day = 86_400;

/** The Gateway of the profile `gke`, to which routes refer. */
export const gkeGateway = {
  namespace: systemNamespace,
  name: sharedName,
  sectionName: 'https',
};

/**
 * Returns the load balancer of all addresses with Google's certificates, and its policies for the data gateway: its
 * health check, as `/` is not served, and a response time that streams do not exceed within a day.
 */
export function desiredGkeGateway({
  className,
  certificateMap,
  certificates,
  address,
}: NonNullable<Networking['gke']>): Desired[] {
  const metadata = {
    name: sharedName,
    namespace: systemNamespace,
    labels: addressLabels(),
  };
  const targetRef = { group: '', kind: 'Service', name: gatewayServiceName };
  return [
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: {
        ...metadata,
        ...(certificateMap && {
          annotations: { 'networking.gke.io/certmap': certificateMap },
        }),
      },
      spec: {
        gatewayClassName: className,
        ...(address && {
          addresses: [{ type: 'NamedAddress', value: address }],
        }),
        listeners: [
          {
            name: gkeGateway.sectionName,
            protocol: 'HTTPS',
            port: 443,
            ...(certificates && {
              tls: {
                mode: 'Terminate',
                options: {
                  'networking.gke.io/cert-manager-certs':
                    certificates.join(','),
                },
              },
            }),
            allowedRoutes: {
              kinds: [
                { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' },
              ],
              namespaces: { from: 'Same' },
            },
          },
        ],
      },
    },
    {
      apiVersion: 'networking.gke.io/v1',
      kind: 'HealthCheckPolicy',
      metadata,
      spec: {
        default: {
          config: {
            type: 'HTTP',
            httpHealthCheck: { requestPath: '/healthz' },
          },
        },
        targetRef,
      },
    },
    {
      apiVersion: 'networking.gke.io/v1',
      kind: 'GCPBackendPolicy',
      metadata,
      spec: { default: { timeoutSec: day }, targetRef },
    },
  ];
}
