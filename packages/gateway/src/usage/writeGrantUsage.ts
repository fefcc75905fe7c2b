import {
  isConflict,
  isNotFound,
  type JsonObject,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  grantKind,
  type Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  addCanaryCalls,
  dateOf,
  later,
  laterRead,
  type Usage,
  type WriteUsage,
} from './UsageRecorder';

/**
 * Returns a function that adds usage to the status of a grant. Several gateways may count the same grant, so the sum is
 * written only to the version from which it was computed.
 *
 * @param newest - returns the newest known version of a grant; `undefined` if it was deleted
 */
export function writeGrantUsage(
  client: KubeClient,
  newest: (grant: Grant) => Grant | undefined,
): WriteUsage {
  return async ({ grant, ...usage }: Usage) => {
    const current = newest(grant);
    if (!current) return 'written';
    const { name, namespace, resourceVersion } = current.metadata;
    try {
      await client
        .resource<Grant>(grantKind)
        .patchStatus(name, statusOf(current, usage), {
          namespace,
          resourceVersion,
          fieldManager: 'bailiwick-gateway',
        });
      return 'written';
    } catch (error) {
      if (isConflict(error)) return 'kept';
      if (isNotFound(error)) return 'written';
      throw error;
    }
  };
}

function statusOf(
  { status = {} }: Grant,
  {
    calls,
    canary,
    lastFailure,
    lastRead,
    lastUsed,
    rows,
  }: Omit<Usage, 'grant'>,
): JsonObject {
  return {
    ...(lastUsed && usedStatus(status, calls, lastUsed)),
    ...(rows > 0 && { streamedRows: (status.streamedRows ?? 0) + rows }),
    ...(canary && { canary: addCanaryCalls(canary, status.canary) }),
    ...(lastFailure && {
      // A merge patch would keep the fields that only the earlier event had.
      lastFailure: {
        ...{ agent: null, fn: null, parameter: null },
        ...later(lastFailure, status.lastFailure),
      },
    }),
    ...(lastRead && {
      lastRead: {
        ...{ agent: null, fn: null, rows: null },
        ...laterRead(lastRead, status.lastRead),
      },
    }),
  };
}

function usedStatus(
  {
    calls: counted = 0,
    lastUsed: earlier,
    today,
  }: NonNullable<Grant['status']>,
  calls: number,
  lastUsed: Date,
): NonNullable<Grant['status']> {
  const now = lastUsed.toISOString();
  const date = dateOf(lastUsed);
  // Another replica may have counted on the next day already.
  const isPast = today !== undefined && today.date > date;
  return {
    calls: counted + calls,
    lastUsed: earlier && earlier > now ? earlier : now,
    ...(!isPast && {
      today: {
        date,
        calls: (today?.date === date ? today.calls : 0) + calls,
      },
    }),
  };
}
