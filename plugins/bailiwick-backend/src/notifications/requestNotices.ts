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
  create:
    'Open the tenant, and make its first app from a template as soon as it is ready.',
  changePlan: 'The limits of the new plan hold now.',
  setEnvironments: 'They show on the page of the tenant.',
  setMembers: 'Their roles hold now.',
  renew: 'The new end is on the page of the tenant.',
  transfer: 'The new owners look after it from now on.',
  offboard:
    'Nothing of it is left; the page of the request says what was removed.',
  cordon: 'Its members may only read until the cordon is lifted.',
  uncordon: 'Its members may write again.',
  promote: 'The page of the app shows what runs.',
};

const outcomes: Record<
  Exclude<Phase, 'Open'>,
  (request: ChangeRequest) => Outcome
> = {
  Approved: request => ({
    word: 'Approved',
    says: `${decider(
      request,
    )} approved it. It is being carried out; you hear when it is done.`,
    by: verdictBy(request),
  }),
  Denied: request => ({
    word: 'Denied',
    says: `${decider(
      request,
    )} denied it. The page of the request says why; ask again with what is missing.`,
    by: verdictBy(request),
  }),
  Applied: request => ({
    word: 'Done',
    says: `${decider(request)} approved it. ${doneWords[request.spec.action]}`,
  }),
  Failed: () => ({
    word: 'Failed',
    says: 'It could not be carried out. The page of the request says why; ask again when that is mended.',
  }),
  Withdrawn: ({ spec }) => ({
    word: 'Withdrawn',
    says: 'They took it back; everything stays as it is.',
    by: spec.requestedBy,
  }),
  Expired: () => ({
    word: 'Expired',
    says: 'Nobody decided in time; everything stays as it is. Ask again if it is still needed.',
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
  const about = `about the ${spec.target.kind.toLowerCase()} ${
    spec.target.name
  }`;
  const notice = {
    about: metadata.uid,
    what: phase,
    link: `/requests?request=${metadata.name}`,
    severity: 'normal' as const,
  };
  if (phase === 'Open') {
    const end = requestEnd(request);
    const until = end ? ` until ${formatDay(end)}` : '';
    return [
      {
        ...notice,
        topic: 'decisions',
        to: decidersOf(request, tenant, plan),
        except: spec.requestedBy,
        title: `Pending your approval: ${words}`,
        description: `${who} asks for it, ${about}. Approve or deny it${until}.`,
      },
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
      description: `${who} asked for it, ${about}. ${says}`,
    },
    {
      ...notice,
      what: 'Settled',
      onlyAfter: 'Open',
      replaces: `${metadata.uid}:Open`,
      topic: 'decisions',
      to: decidersOf(request, tenant, plan),
      except: spec.requestedBy,
      title: `Settled: ${words}`,
      description: `${who} asked for it, ${about}. It is ${word.toLowerCase()}, and there is nothing to do.`,
    },
  ];
}

/** The person who decided; `undefined` when a rule did. */
function verdictBy({ status }: ChangeRequest): string | undefined {
  const by = status?.verdict?.by;
  return by === 'rule' ? undefined : by;
}

function decider(request: ChangeRequest): string {
  const by = verdictBy(request);
  return by ? shortEntityRef(by) : 'A rule of the plan';
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
