import { describeRequest } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { formatMessage } from '@bailiwick/backstage-plugin-bailiwick-react';
import { changesOf, type Change } from '../../RequestsPage/changesOf';
import { titlesOf } from '../../RequestsPage/titlesOf';

/** One thing that happened to a tenant. */
export interface AuditEntry {
  id: string;
  /** RFC 3339; absent if the request does not contain it. */
  at?: string;
  /** Subject of the action, such as "New tenant Rates desk". */
  what: string;
  /** Past participle of the action, such as "Approved". */
  did: string;
  /** Reference of a person, or in words; absent if Bailiwick acted. */
  by?: string;
  /** Reason that was given. */
  why?: string;
  /** Result that Bailiwick reported. */
  result?: string;
  /** Changes of the action. */
  changes: Change[];
  /** Name of the request. */
  request: string;
}

/** Returns the history of a tenant from its requests, newest first. */
export function auditOf(
  requests: RequestView[],
  tenant?: TenantView,
): AuditEntry[] {
  const told = requests.flatMap(request => entriesOf(request, tenant));
  return told.sort(
    (a, b) =>
      b.time - a.time ||
      b.request.localeCompare(a.request) ||
      b.position - a.position,
  );
}

/** With milliseconds since 1970 and the place among the steps of its request. */
type Ordered = AuditEntry & { time: number; position: number };

/**
 * Of one request, oldest first; no step is before the one before it: some times are in whole
 * seconds, and some are not known.
 */
function entriesOf(
  request: RequestView,
  tenant: TenantView | undefined,
): Ordered[] {
  const { metadata, spec, status } = request;
  const about = {
    what: describeRequest(request),
    request: metadata.name,
    changes: [] as Change[],
  };
  const entries: AuditEntry[] = [
    {
      ...about,
      id: `${metadata.name} asked`,
      at: metadata.creationTimestamp,
      by: spec.requestedBy,
      did: 'Requested',
      why: spec.reason,
      changes: spec.action === 'create' ? [] : changesOf(spec, status?.before),
    },
  ];
  if (status?.verdict) {
    const { at, by, reason, verdict } = status.verdict;
    entries.push({
      ...about,
      id: `${metadata.name} decided`,
      at,
      by: by === 'rule' ? 'a plan rule' : by,
      did: verdict === 'approve' ? 'Approved' : 'Denied',
      why: reason,
    });
  }
  const end = endOf(request, tenant);
  if (end) entries.push({ ...about, ...end, id: `${metadata.name} ended` });
  let time = 0;
  return entries.map((entry, position) => {
    time = Math.max(time, entry.at ? Date.parse(entry.at) : 0);
    return { ...entry, time, position };
  });
}

function endOf(
  request: RequestView,
  tenant: TenantView | undefined,
): Pick<AuditEntry, 'at' | 'did' | 'by' | 'result'> | undefined {
  const { spec, status } = request;
  const done = status?.conditions?.find(({ type }) => type === 'Applied');
  const at = done?.lastTransitionTime;
  const result = done && formatMessage(done.message, titlesOf(request, tenant));
  switch (status?.phase) {
    case 'Withdrawn':
      return { at, by: spec.requestedBy, did: 'Withdrawn' };
    case 'Applied':
      return { at, did: 'Completed', result };
    case 'Failed':
      return { at, did: 'Failed', result };
    case 'Expired':
      return { at, did: 'Expired before a decision' };
    default:
      return undefined;
  }
}
