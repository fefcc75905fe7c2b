import {
  labels,
  managedBy,
} from '@bailiwick/backstage-plugin-bailiwick-common';

/** Labels on everything that belongs to a tenant, and to one of its environments if named. */
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
