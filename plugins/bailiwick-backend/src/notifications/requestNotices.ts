import {
  requestEnd,
  type ChangeAction,
  type ChangeRequest,
  type Plan,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  decidersOf,
  concernsTenant,
  ownersOf,
  describeRequest,
  shortEntityRef,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { formatDay } from './formatDay';
import type { Notice } from './Notice';

type Phase = NonNullable<NonNullable<ChangeRequest['status']>['phase']>;

/** What a request came to: the first word of the title, and the rest. */
interface Outcome {
  word: string;
  says: string;
  /** Who did it. */
  by?: string;
}

const doneWords: Record<ChangeAction, string> = {
  create: 'When the tenant is ready, create its first app from a template.',
  changePlan: 'The limits of the new plan apply now.',
  setEnvironments: 'See the tenant page for its environments.',
  setMembers: 'The new roles apply now.',
  renew: 'See the tenant page for the new expiry date.',
  transfer: 'The new owners manage the tenant now.',
  offboard: 'Everything was deleted; see the request for the list.',
  cordon: 'Members have read-only access until the cordon is removed.',
  uncordon: 'Members have write access again.',
  promote: 'See the app page for its status.',
  grantAccess: 'Open the API page, and create a token under Get data.',
};

const outcomes: Record<
  Exclude<Phase, 'Open'>,
  (request: ChangeRequest) => Outcome
> = {
  Approved: request => ({
    word: 'Approved',
    says: `${decider(
      request,
    )} approved the request. The change is in progress; you are notified when it completes.`,
    by: verdictBy(request),
  }),
  Denied: request => ({
    word: 'Denied',
    says: `${decider(
      request,
    )} denied the request. See the request for the reason, and submit a new request that addresses it.`,
    by: verdictBy(request),
  }),
  Applied: request => ({
    word: 'Done',
    says: `${decider(request)} approved the request. ${
      doneWords[request.spec.action]
    }`,
  }),
  Failed: () => ({
    word: 'Failed',
    says: 'The change failed. See the request for the reason, fix it, and submit a new request.',
  }),
  Withdrawn: ({ spec }) => ({
    word: 'Withdrawn',
    says: 'The requester withdrew the request. Nothing was changed.',
    by: spec.requestedBy,
  }),
  Expired: () => ({
    word: 'Expired',
    says: 'The request was not decided in time. Nothing was changed. Submit a new request if the change is still needed.',
  }),
};

/** What to tell of a request as it is now: that it waits, or what it came to. */
export function requestNotices(
  request: ChangeRequest,
  tenant: Tenant | undefined,
  plan: Plan | undefined,
): Notice[] {
  const { metadata, spec, status } = request;
  const phase = status?.phase;
  if (!phase || !metadata.uid) return [];
  const words = describeRequest(request);
  const who = shortEntityRef(spec.requestedBy);
  const about = `for ${spec.target.kind.toLowerCase()} ${spec.target.name}`;
  const notice = {
    about: metadata.uid,
    what: phase,
    link: `/requests?request=${metadata.name}`,
    severity: 'normal' as const,
  };
  if (phase === 'Open') {
    const said = commentNotices(request, notice);
    const end = requestEnd(request);
    const until = end ? ` until ${formatDay(end)}` : '';
    return [
      {
        ...notice,
        topic: 'decisions',
        to: decidersOf(request, tenant, plan),
        except: spec.requestedBy,
        title: `Pending your approval: ${words}`,
        description: `Requested by ${who} ${about}. Approve or deny${until}.`,
      },
      ...said,
    ];
  }
  const { by, says, word } = outcomes[phase](request);
  return [
    {
      ...notice,
      topic: 'requests',
      to: [spec.requestedBy, ...ownersToTell(request, tenant)],
      ...(by && { except: by }),
      title: `${word}: ${words}`,
      description: `Requested by ${who} ${about}. ${says}`,
    },
    {
      ...notice,
      what: 'Settled',
      severity: 'low',
      onlyAfter: 'Open',
      replaces: `${metadata.uid}:Open`,
      topic: 'decisions',
      to: decidersOf(request, tenant, plan),
      except: spec.requestedBy,
      title: `Settled: ${words}`,
      description: `Requested by ${who} ${about}. The request is ${word.toLowerCase()}; no action is needed.`,
    },
  ];
}

/** Notices for the requester about comments of others. */
function commentNotices(
  request: ChangeRequest,
  notice: Pick<Notice, 'about' | 'link' | 'severity'>,
): Notice[] {
  const { spec, status } = request;
  return (status?.comments ?? []).flatMap(({ by, requestsChanges }, position) =>
    by === spec.requestedBy
      ? []
      : [
          {
            ...notice,
            what: `comment:${position}`,
            topic: 'requests' as const,
            to: [spec.requestedBy],
            title: `${
              requestsChanges ? 'Changes requested' : 'New comment'
            }: ${describeRequest(request)}`,
            description: requestsChanges
              ? `${shortEntityRef(
                  by,
                )} requested changes. Read the comment, withdraw the request, and submit a corrected one.`
              : `${shortEntityRef(by)} commented on your request.`,
          },
        ],
  );
}

/** The person who decided; `undefined` when a rule did. */
function verdictBy({ status }: ChangeRequest): string | undefined {
  const by = status?.verdict?.by;
  return by === 'rule' ? undefined : by;
}

function decider(request: ChangeRequest): string {
  const by = verdictBy(request);
  return by ? shortEntityRef(by) : 'A plan rule';
}

/** The owners of the very tenant that a request is about, not of one that has its name. */
function ownersToTell(
  request: ChangeRequest,
  tenant: Tenant | undefined,
): string[] {
  const { spec, status } = request;
  const isDone = status?.phase === 'Applied';
  if (spec.action === 'create') return isDone ? ownersOf(spec, undefined) : [];
  const present =
    tenant && concernsTenant(request, tenant) ? tenant.spec.owners : [];
  if (spec.action !== 'transfer' || !isDone) return present;
  const before: unknown = status?.before?.owners;
  return [
    ...new Set([
      ...present,
      ...(Array.isArray(before) ? before : []),
      ...ownersOf(spec, undefined),
    ]),
  ];
}
