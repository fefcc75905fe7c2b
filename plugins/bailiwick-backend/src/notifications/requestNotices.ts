import {
  requestEnd,
  tenantOfHome,
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
  requestStateOf,
  shortEntityRef,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { formatDay } from './formatDay';
import type { NameOf, Notice } from './Notice';

type Phase = NonNullable<NonNullable<ChangeRequest['status']>['phase']>;

/** The end of a request, or the way to it. */
interface Outcome {
  says: string;
  /** Person who caused the event. */
  by?: string;
}

const doneWords: Record<ChangeAction, string> = {
  create: 'When the tenant is ready, create its first app from a template.',
  changePlan: 'The limits of the new plan apply now.',
  setEnvironments: 'See the tenant page for its environments.',
  setMembers: 'The new roles apply now.',
  renew: 'See the tenant page for the new expiry date.',
  transfer: 'The new owners manage the tenant now.',
  offboard:
    'The tenant was deleted. See the request for the list of removed objects.',
  cordon: 'Members have read-only access until the cordon is lifted.',
  uncordon: 'Members have write access again.',
  promote: 'See the app page for its status.',
  grantAccess:
    'On the Get data tab of the app, download the rows or choose a tool.',
};

const outcomes: Record<
  Exclude<Phase, 'Open'>,
  (request: ChangeRequest, nameOf: NameOf) => Outcome
> = {
  Approved: (request, nameOf) => ({
    says: `${decider(
      request,
      nameOf,
    )} approved the request. The change is in progress; you are notified when it completes.`,
    by: verdictBy(request),
  }),
  Denied: (request, nameOf) => ({
    says: `${decider(
      request,
      nameOf,
    )} denied the request. See the request for the reason, and send a new request that addresses it.`,
    by: verdictBy(request),
  }),
  Applied: (request, nameOf) => ({
    says: `${decider(request, nameOf)} approved the request. ${
      doneWords[request.spec.action]
    }`,
    by: verdictBy(request),
  }),
  Failed: () => ({
    says: 'The change failed. See the request for the reason, fix it, and send a new request.',
  }),
  Withdrawn: ({ spec }) => ({
    says: 'The requester withdrew the request. Nothing was changed.',
    by: spec.requestedBy,
  }),
  Expired: () => ({
    says: 'The request expired before a decision. Nothing was changed. Send a new request if the change is still needed.',
  }),
};

/**
 * Returns the notices for the current state of a request: pending, or its result. Each reader sees one notification per
 * request, because later ones replace earlier ones: approvers one about the decision, the requester and the owners one
 * about the progress.
 *
 * @param request - with the display name of its tenant or app, if known
 */
export function requestNotices(
  request: ChangeRequest & { targetTitle?: string },
  tenant: Tenant | undefined,
  plan: Plan | undefined,
  nameOf: NameOf = shortEntityRef,
): Notice[] {
  const { metadata, spec, status } = request;
  const phase = status?.phase;
  if (!phase || !metadata.uid) return [];
  const words = describeRequest(request);
  const who = nameOf(spec.requestedBy);
  const about = `for ${spec.target.kind.toLowerCase()} ${
    request.targetTitle ?? spec.target.name
  }`;
  const asked = `Requested by ${who} ${about}.`;
  const notice = {
    about: metadata.uid,
    what: phase,
    link: `/requests?request=${metadata.name}`,
    severity: 'normal' as const,
  };
  const toDeciders = {
    ...notice,
    replaces: `${metadata.uid}:Open`,
    topic: 'decisions' as const,
    to: decidersOf(request, tenant, plan),
    except: spec.requestedBy,
  };
  if (phase === 'Open') {
    const end = requestEnd(request);
    const by = end ? ` by ${formatDay(end)}` : '';
    return [
      {
        ...toDeciders,
        title: `Pending your approval: ${words}`,
        description: `${asked} Approve or deny${by}.`,
      },
      ...commentNotices(request, notice, nameOf),
    ];
  }
  const { by, says } = outcomes[phase](request, nameOf);
  const state = requestStateOf(request);
  return [
    {
      ...notice,
      replaces: `${metadata.uid}:progress`,
      severity: phase === 'Failed' ? 'high' : 'normal',
      topic: 'requests',
      to: [spec.requestedBy, ...ownersToTell(request, tenant)],
      ...(by && { except: by }),
      title: `${state}: ${words}`,
      description: `${asked} ${says}`,
      ...(phase === 'Applied' && { link: resultLink(request, notice.link) }),
    },
    {
      ...toDeciders,
      what: 'Settled',
      onlyAfter: 'Open',
      severity: 'low',
      title: `${state}: ${words}`,
      description: `${asked} The request is ${state.toLowerCase()}; no action is needed.`,
    },
  ];
}

/** The page to continue on after a completed request. */
function resultLink({ spec }: ChangeRequest, request: string): string {
  const { name, namespace } = spec.target;
  const tenant = namespace && tenantOfHome(namespace);
  switch (spec.action) {
    // The tenant was deleted, or the requester may no longer be its owner.
    case 'offboard':
    case 'transfer':
      return request;
    case 'promote':
      return tenant ? `/catalog/${tenant}/component/${name}/deploy` : request;
    case 'grantAccess':
      return tenant ? `/catalog/${tenant}/component/${name}/get-data` : request;
    default:
      return `/tenants/${name}`;
  }
}

/** Notices about comments: to the requester, or to those whom the requester answers. */
function commentNotices(
  request: ChangeRequest & { targetTitle?: string },
  notice: Pick<Notice, 'about' | 'link' | 'severity'>,
  nameOf: NameOf,
): Notice[] {
  const { metadata, spec, status } = request;
  const words = describeRequest(request);
  return (status?.comments ?? []).flatMap<Notice>((comment, position, all) => {
    const who = nameOf(comment.by);
    const what = `comment:${position}`;
    if (comment.by === spec.requestedBy) {
      const others = all.slice(0, position).map(({ by }) => by);
      const to = [...new Set(others)].filter(by => by !== comment.by);
      return to.length === 0
        ? []
        : [
            {
              ...notice,
              what,
              replaces: `${metadata.uid}:Open`,
              topic: 'decisions',
              to,
              title: `New reply: ${words}`,
              description: `${who} replied to your comment on the request.`,
            },
          ];
    }
    return [
      {
        ...notice,
        what,
        replaces: `${metadata.uid}:progress`,
        topic: 'requests',
        to: [spec.requestedBy],
        title: `${
          comment.requestsChanges ? 'Changes requested' : 'New comment'
        }: ${words}`,
        description: comment.requestsChanges
          ? `${who} requested changes. Read the comment, then edit and resubmit the request.`
          : `${who} commented on your request.`,
      },
    ];
  });
}

/** The person who decided; `undefined` when a rule did. */
function verdictBy({ status }: ChangeRequest): string | undefined {
  const by = status?.verdict?.by;
  return by === 'rule' ? undefined : by;
}

function decider(request: ChangeRequest, nameOf: NameOf): string {
  const by = verdictBy(request);
  return by ? nameOf(by) : 'A plan rule';
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
