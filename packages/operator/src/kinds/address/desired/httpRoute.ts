import type { Desired } from '@bailiwick/backstage-kube-controller';
import { systemNamespace } from '../../../names';
import type { Address } from './Address';
import { addressLabels } from './addressLabels';
import { gatewayServiceName, type GatewayService } from './GatewayService';

/** A Gateway, and optionally one of its listeners. */
export interface ParentGateway {
  namespace: string;
  name: string;
  sectionName?: string;
}

/** Returns the route of an address from a Gateway to the data gateway. */
export function desiredHttpRoute(
  address: Address,
  { namespace, name, sectionName }: ParentGateway,
  { port }: GatewayService,
): Desired {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: {
      name: address.host,
      namespace: systemNamespace,
      labels: addressLabels(address),
    },
    spec: {
      parentRefs: [
        {
          group: 'gateway.networking.k8s.io',
          kind: 'Gateway',
          namespace,
          name,
          ...(sectionName && { sectionName }),
        },
      ],
      hostnames: [address.host],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          backendRefs: [
            { group: '', kind: 'Service', name: gatewayServiceName, port },
          ],
        },
      ],
    },
  };
}
