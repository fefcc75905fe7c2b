import type { Desired } from '@bailiwick/backstage-kube-controller';
import { systemNamespace } from '../../../names';
import type { Address } from './Address';
import { addressLabels } from './addressLabels';
import { gatewayServiceName, type GatewayService } from './GatewayService';

/** Returns the route of an address from a Gateway of Istio to the data gateway. */
export function desiredVirtualService(
  address: Address,
  gateway: { namespace: string; name: string },
  { port }: GatewayService,
): Desired {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: {
      name: address.host,
      namespace: systemNamespace,
      labels: addressLabels(address),
    },
    spec: {
      hosts: [address.host],
      gateways: [`${gateway.namespace}/${gateway.name}`],
      http: [
        {
          // Istio resolves short names in the namespace of the VirtualService, whatever the domain of the cluster.
          route: [
            {
              destination: { host: gatewayServiceName, port: { number: port } },
            },
          ],
        },
      ],
    },
  };
}
