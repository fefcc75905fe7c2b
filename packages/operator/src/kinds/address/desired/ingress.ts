import type { Desired } from '@bailiwick/backstage-kube-controller';
import type { Networking } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { systemNamespace } from '../../../names';
import type { Address } from './Address';
import { addressLabels } from './addressLabels';
import { desiredCertificate, secretOf } from './certificates';
import { gatewayServiceName, type GatewayService } from './GatewayService';

/** Returns the Ingress of an address, and its certificate if cert-manager issues it. */
export function desiredIngress(
  address: Address,
  {
    ingress: settings,
    certificates,
  }: Pick<Networking, 'certificates' | 'ingress'>,
  { port }: GatewayService,
): Desired[] {
  const { host } = address;
  const secretName = certificates?.issuer
    ? secretOf(address)
    : certificates?.secret;
  const ingress: Desired = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: host,
      namespace: systemNamespace,
      labels: addressLabels(address),
      ...(settings?.annotations && { annotations: settings.annotations }),
    },
    spec: {
      ingressClassName: settings?.className,
      // Without a Secret, the controller uses its default certificate.
      tls: [{ hosts: [host], ...(secretName && { secretName }) }],
      rules: [
        {
          host,
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: {
                  service: { name: gatewayServiceName, port: { number: port } },
                },
              },
            ],
          },
        },
      ],
    },
  };
  return certificates?.issuer
    ? [desiredCertificate(address, certificates.issuer), ingress]
    : [ingress];
}
