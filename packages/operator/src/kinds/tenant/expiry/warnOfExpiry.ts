import {
  isAlreadyExists,
  KubeApiError,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  tenantKind,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { createHash } from 'node:crypto';
import { fieldManager, warningsAnnotation } from '../../../names';
import type { Placement } from '../../../placement';
import {
  dueWarnings,
  withWarnings,
  warningNote,
  type GivenWarnings,
  type Warning,
} from './warnings';

const events: ResourceType = {
  apiVersion: 'events.k8s.io/v1',
  kind: 'Event',
  plural: 'events',
  scope: 'Namespaced',
};

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
      await writeEvent(placement, tenant, warning, signal);
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
    log.warn(`The end of ${name} was not announced: ${error.message}`);
  }
}

/** Reads the given warnings from the annotation; none when it is invalid. */
export function readGivenWarnings({
  metadata,
}: Pick<Tenant, 'metadata'>): GivenWarnings {
  try {
    const given: unknown = JSON.parse(
      metadata.annotations?.[warningsAnnotation] ?? '{}',
    );
    return isObject(given) ? given : {};
  } catch {
    return {}; // somebody wrote something else there
  }
}

function isObject(value: unknown): value is GivenWarnings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function writeEvent(
  { caches, client, now }: Placement,
  { metadata, spec }: Tenant,
  warning: Warning,
  signal: AbortSignal,
): Promise<void> {
  const { name, uid } = metadata;
  const { environment, at, days } = warning;
  const identity = createHash('sha256')
    .update(JSON.stringify([uid, environment, at, days]))
    .digest('hex');
  const { apiVersion, kind } = tenantKind;
  const grace = caches.plans.get(spec.plan)?.spec.gracePeriod;
  const event = {
    apiVersion: events.apiVersion,
    kind: events.kind,
    metadata: {
      name: `${name}.${identity.slice(0, 16)}`,
      namespace: 'default',
    },
    eventTime: now().toISOString().replace('Z', '000Z'),
    reportingController: 'bailiwick.dev/operator',
    reportingInstance: fieldManager,
    type: 'Warning',
    reason: 'EndsSoon',
    action: 'Warn',
    note: warningNote(warning, name, grace),
    regarding: { apiVersion, kind, name, uid },
  };
  try {
    await client.resource(events).create(event, { signal });
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
  }
}
