import type { Tenant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { HealthReport } from './health';

/**
 * Returns the health of an environment that is suspended because it, or its tenant, has ended
 * according to the status of the tenant; `undefined` otherwise.
 */
export function suspensionOf(
  tenant: Tenant | undefined,
  environment: string,
): HealthReport | undefined {
  if (!tenant) return undefined;
  const { metadata, spec, status } = tenant;
  if (status?.suspendedAt)
    return {
      health: 'Suspended',
      why: `Tenant ${metadata.name} expired on ${spec.expiresAt}: its apps are stopped, data is kept.`,
      next: 'Request a renewal on the tenant page.',
    };
  const isSuspended = status?.environments?.some(
    ({ name, suspendedAt }) => name === environment && suspendedAt,
  );
  const place = spec.environments.find(({ name }) => name === environment);
  return isSuspended && place
    ? {
        health: 'Suspended',
        why: `Environment ${environment} expired on ${place.expiresAt}: its apps are stopped, data is kept.`,
        next: 'Request a renewal of the environment on the tenant page.',
      }
    : undefined;
}

/** Returns a key that changes when environments of a tenant are suspended or resumed. */
export function suspensionKey({ status }: Tenant): string {
  const ended = (status?.environments ?? []).flatMap(({ name, suspendedAt }) =>
    suspendedAt ? name : [],
  );
  return JSON.stringify([status?.suspendedAt !== undefined, ...ended]);
}
