import type { Desired } from '@bailiwick/backstage-kube-controller';
import type { Networking } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { systemNamespace } from '../../../names';
import type { Address } from './Address';
import { addressLabels } from './addressLabels';

type Issuer = NonNullable<NonNullable<Networking['certificates']>['issuer']>;

/** Name of the objects for all addresses. */
export const sharedName = 'bailiwick-addresses';
/** Secret with the certificate for all addresses. */
export const sharedSecret = `${sharedName}-tls`;

/** Returns the name of the Secret with the certificate for one address. */
export function secretOf({ host }: Address): string {
  return `${host}-tls`;
}

/** Returns the certificate of one address. */
export function desiredCertificate(address: Address, issuer: Issuer): Desired {
  return certificate(issuer, {
    name: address.host,
    namespace: systemNamespace,
    secretName: secretOf(address),
    dnsName: address.host,
    labels: addressLabels(address),
  });
}

/** Returns the wildcard certificate of all addresses, in the namespace of the proxy that uses it. */
export function desiredWildcardCertificate(
  hostRule: string,
  issuer: Issuer,
  namespace: string,
): Desired {
  return certificate(issuer, {
    name: sharedName,
    namespace,
    secretName: sharedSecret,
    dnsName: `*${hostRule.slice(hostRule.indexOf('.'))}`,
    labels: addressLabels(),
  });
}

function certificate(
  issuer: Issuer,
  {
    name,
    namespace,
    secretName,
    dnsName,
    labels,
  }: {
    name: string;
    namespace: string;
    secretName: string;
    dnsName: string;
    labels: Record<string, string>;
  },
): Desired {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name, namespace, labels },
    spec: {
      secretName,
      dnsNames: [dnsName],
      issuerRef: {
        group: 'cert-manager.io',
        kind: issuer.kind,
        name: issuer.name,
      },
    },
  };
}
