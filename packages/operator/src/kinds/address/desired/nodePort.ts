import type { Desired } from '@bailiwick/backstage-kube-controller';
import { systemNamespace } from '../../../names';
import { addressLabels } from './addressLabels';
import { sharedName } from './certificates';
import type { GatewayService } from './GatewayService';

/** Returns the Service that opens the data gateway on a port of the nodes with its pods. */
export function desiredNodePort(
  nodePort: number,
  { port, targetPort, selector }: GatewayService,
): Desired {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: sharedName,
      namespace: systemNamespace,
      labels: addressLabels(),
    },
    spec: {
      type: 'NodePort',
      // Keeps the address of the client, which limits of tokens need.
      externalTrafficPolicy: 'Local',
      ...(selector && { selector }),
      ports: [{ name: 'http', protocol: 'TCP', port, targetPort, nodePort }],
    },
  };
}
