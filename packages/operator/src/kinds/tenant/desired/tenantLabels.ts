import {
  labels,
  managedBy,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Returns the labels of objects of a tenant, and of one of its environments if given. */
export function tenantLabels(
  tenant: string,
  environment?: string,
): Record<string, string> {
  return {
    [labels.managedBy]: managedBy,
    [labels.tenant]: tenant,
    ...(environment && { [labels.environment]: environment }),
  };
}
