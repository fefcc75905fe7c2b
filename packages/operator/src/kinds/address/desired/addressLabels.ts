import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import {
  group,
  labels,
  managedBy,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Address } from './Address';

/** Label with the value `true` on all objects of addresses. */
export const addressLabel = `${group}/address`;

/** Selects the objects of addresses that the operator created. */
export const addressSelector = `${labels.managedBy}=${managedBy},${addressLabel}=true`;

/** Whether {@link addressSelector} selects an object. */
export function isOfAddress({ metadata }: KubeObject): boolean {
  return (
    metadata.labels?.[labels.managedBy] === managedBy &&
    metadata.labels[addressLabel] === 'true'
  );
}

/** Returns the labels of an object for all addresses, or for one. */
export function addressLabels(address?: Address): Record<string, string> {
  return {
    [labels.managedBy]: managedBy,
    [addressLabel]: 'true',
    ...(address && {
      [labels.tenant]: address.tenant,
      [labels.environment]: address.environment,
      [labels.app]: address.app,
    }),
  };
}
