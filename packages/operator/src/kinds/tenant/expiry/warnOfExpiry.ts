import { KubeApiError } from '@bailiwick/backstage-kube-controller';
import {
  tenantKind,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { fieldManager, warningsAnnotation } from '../../../names';
import type { Placement } from '../../../placement';
import {
  dueWarnings,
  withWarnings,
  warningNote,
  type GivenWarnings,
  type Warning,
} from './warnings';
import { parseObject } from '../../../parseObject';

/**
 * Records each warning of an upcoming end once, as an event of the tenant. The name of the event
 * derives from the end, and an annotation remembers the warning after the event has expired.
 */
export async function warnOfExpiry(
  placement: Placement,
  tenant: Tenant,
  signal: AbortSignal,
): Promise<void> {
  const { caches, log, now } = placement;
  const given = readGivenWarnings(tenant);
  const due = dueWarnings(tenant, given, now());
  if (due.length === 0) return;
  const { name } = tenant.metadata;
  try {
    for (const warning of due)
      await recordWarning(placement, tenant, warning, signal);
    const remembered = withWarnings(tenant, given, due);
    await caches.tenants.resource.patch(
      name,
      {
        metadata: {
          annotations: { [warningsAnnotation]: JSON.stringify(remembered) },
        },
      },
      { fieldManager, signal },
    );
  } catch (error) {
    // A failed warning is retried without failing the tenant.
    if (!(error instanceof KubeApiError)) throw error;
    log.warn(`Can't announce the expiry of ${name}: ${error.message}`);
  }
}

/** Reads the given warnings from the annotation; none when it is invalid. */
export function readGivenWarnings({
  metadata,
}: Pick<Tenant, 'metadata'>): GivenWarnings {
  const given = metadata.annotations?.[warningsAnnotation] ?? '';
  return parseObject(given) as GivenWarnings;
}

async function recordWarning(
  { caches, events }: Placement,
  tenant: Tenant,
  warning: Warning,
  signal: AbortSignal,
): Promise<void> {
  const { environment, at, days } = warning;
  const { name, uid } = tenant.metadata;
  const { apiVersion, kind } = tenantKind;
  const grace = caches.plans.get(tenant.spec.plan)?.spec.gracePeriod;
  await events.recordOnce(
    { ...tenant, apiVersion, kind },
    {
      type: 'Warning',
      reason: 'EndsSoon',
      action: 'Warn',
      note: warningNote(warning, name, grace),
    },
    JSON.stringify([uid, environment, at, days]),
    { signal },
  );
}
