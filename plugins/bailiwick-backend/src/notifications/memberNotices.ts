import {
  readProposal,
  type ChangeRequest,
  type Tenant,
  type TenantRole,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { shortEntityRef } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { NameOf, Notice } from './Notice';

type Members = TenantSpec['members'];

const roleWords: Record<TenantRole, { is: string; may: string }> = {
  owner: {
    is: 'an owner',
    may: 'Owners manage members, environments and the plan.',
  },
  builder: {
    is: 'a builder',
    may: 'Builders create apps from templates and change their code.',
  },
  viewer: {
    is: 'a viewer',
    may: 'Viewers see apps and create tokens that read their results.',
  },
};

/** Returns the notices for people and groups whose role in a tenant a request has changed. */
export function memberNotices(
  request: ChangeRequest,
  tenant: Pick<Tenant, 'spec'> | undefined,
  nameOf: NameOf = shortEntityRef,
): Notice[] {
  const { metadata, spec, status } = request;
  const change = membersOf(request);
  if (status?.phase !== 'Applied' || !metadata.uid || !change) return [];
  const { after, before } = change;
  const { name } = spec.target;
  const { title = tenant?.spec.title } = spec.proposed;
  const of = `tenant ${title ?? name}`;
  const asked = `Requested by ${nameOf(spec.requestedBy)}.`;
  const notice = (subject: string) => ({
    about: metadata.uid!,
    what: `member:${subject}`,
    // A person who changes roles repeatedly fills no inbox.
    replaces: `${name}:member:${subject}`,
    to: [subject],
    except: spec.requestedBy,
    topic: 'membership' as const,
    severity: 'normal' as const,
  });
  const given = after
    .filter(one => roleOf(before, one.subject) !== one.role)
    .map(({ role, subject }) => ({
      ...notice(subject),
      title: `${who(subject, nameOf, 'are', 'is')} now ${
        roleWords[role].is
      } of ${of}`,
      description: `${asked} ${roleWords[role].may}`,
      link: `/tenants/${name}`,
    }));
  const taken = before
    .filter(one => !roleOf(after, one.subject))
    .map(({ subject }) => ({
      ...notice(subject),
      title: `${who(subject, nameOf, 'were', 'was')} removed from ${of}`,
      description: `${asked} If this is a mistake, contact an owner of the tenant.`,
      link: '/tenants',
    }));
  return [...given, ...taken];
}

/** Returns the members before and after; `undefined` if a request does not change them. */
function membersOf({
  spec,
  status,
}: ChangeRequest): { before: Members; after: Members } | undefined {
  if (spec.action === 'create') {
    const { proposal } = readProposal('create', spec.proposed);
    return proposal && { before: [], after: proposal.members };
  }
  if (spec.action !== 'setMembers') return undefined;
  const after = readProposal('setMembers', spec.proposed).proposal;
  const before = readProposal('setMembers', status?.before).proposal;
  return after && before && { before: before.members, after: after.members };
}

function roleOf(members: Members, subject: string): TenantRole | undefined {
  return members.find(one => one.subject === subject)?.role;
}

function who(
  subject: string,
  nameOf: NameOf,
  you: string,
  group: string,
): string {
  return subject.startsWith('user:')
    ? `You ${you}`
    : `Group ${nameOf(subject)} ${group}`;
}
