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
      why: `The tenant ${metadata.name} ended on ${spec.expiresAt}: no pods run, data is kept.`,
      next: 'Renew the tenant on its page.',
    };
  const isSuspended = status?.environments?.some(
    ({ name, suspendedAt }) => name === environment && suspendedAt,
  );
  const place = spec.environments.find(({ name }) => name === environment);
  return isSuspended && place
    ? {
        health: 'Suspended',
        why: `The environment ${environment} ended on ${place.expiresAt}: no pods run, data is kept.`,
        next: 'Renew the environment on the page of the tenant.',
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
