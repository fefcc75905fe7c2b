import type { Tenant } from '@bailiwick/backstage-plugin-bailiwick-common';
import type { HealthReport } from './health';

/**
 * How an environment is that is suspended because it, or its whole tenant, has ended; `undefined`
 * when it is not. The tenant's status says so, which the operator writes.
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

/** What of a tenant decides which of its environments are suspended; equal when nothing changed. */
export function suspensionKey({ status }: Tenant): string {
  const ended = (status?.environments ?? []).flatMap(({ name, suspendedAt }) =>
    suspendedAt ? name : [],
  );
  return JSON.stringify([status?.suspendedAt !== undefined, ...ended]);
}
