import type { Desired } from '@bailiwick/backstage-kube-controller';
import type { Networking } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Address } from './Address';
import { desiredWildcardCertificate } from './certificates';
import type { GatewayService } from './GatewayService';
import { desiredGkeGateway, gkeGateway } from './gke';
import { desiredHttpRoute } from './httpRoute';
import { desiredIngress } from './ingress';
import { desiredNodePort } from './nodePort';
import { desiredVirtualService } from './virtualService';

/** Returns the objects of a profile that all addresses share. */
export function desiredShared(
  { profile, hostRule, certificates, gke, nodePort, ...rest }: Networking,
  service: GatewayService,
): Desired[] {
  if (profile === 'gke' && gke) return desiredGkeGateway(gke);
  if (profile === 'node-port' && nodePort)
    return [desiredNodePort(nodePort.port, service)];
  const proxy = (rest.gatewayApi ?? rest.istio)?.gateway;
  return proxy && hostRule && certificates?.issuer
    ? [
        desiredWildcardCertificate(
          hostRule,
          certificates.issuer,
          proxy.namespace,
        ),
      ]
    : [];
}

/** Returns the objects of a profile for one address; all lead to the data gateway, never to pods of apps. */
export function desiredRoutes(
  address: Address,
  networking: Networking,
  service: GatewayService,
): Desired[] {
  const { gatewayApi, istio, profile } = networking;
  switch (profile) {
    case 'ingress':
      return desiredIngress(address, networking, service);
    case 'gateway-api':
      return [
        desiredHttpRoute(
          address,
          { ...gatewayApi!.gateway, sectionName: gatewayApi!.sectionName },
          service,
        ),
      ];
    case 'istio':
      return [desiredVirtualService(address, istio!.gateway, service)];
    case 'gke':
      return [desiredHttpRoute(address, gkeGateway, service)];
    default:
      return [];
  }
}

/** Returns the address of a host by a profile. */
export function urlOf(
  host: string,
  { nodePort }: Pick<Networking, 'nodePort'>,
): string {
  return nodePort && !nodePort.loadBalancer
    ? `http://${host}:${nodePort.port}`
    : `https://${host}`;
}
