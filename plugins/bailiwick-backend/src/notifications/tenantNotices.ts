import {
  annotations,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { firstWarningDays } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { z } from 'zod';
import { formatDay } from './formatDay';
import type { Notice } from './Notice';

/** The last warning of each end, by the name of the environment, empty for the tenant. */
const warningsSchema = z.record(
  z.string(),
  z.object({ at: z.string(), days: z.number() }),
);

/** Returns the notices for the owners about the end of a tenant: approaching, reached, or final. */
export function tenantNotices(tenant: Tenant, now: Date): Notice[] {
  return tenant.metadata.deletionTimestamp
    ? removalNotices(tenant)
    : [...warnings(tenant, now), ...suspensions(tenant)];
}

/** Returns the notices about a tenant that is being removed, or was removed. */
export function removalNotices({ metadata, spec }: Tenant): Notice[] {
  return [
    {
      about: metadata.uid!,
      what: 'removed',
      replaces: endScope(metadata.uid!, ''),
      to: [...spec.owners, ...spec.members.map(({ subject }) => subject)],
      topic: 'life',
      severity: 'high',
      title: `Tenant ${spec.title} is being deleted`,
      description:
        "Its apps, their data and all tokens are deleted and can't be restored. If you still need a tenant, request a new one.",
      link: '/tenants',
    },
  ];
}

function warnings(tenant: Tenant, now: Date): Notice[] {
  const given = readWarnings(tenant);
  return endingsOf(tenant).flatMap(({ at, environment, title }) => {
    const warning = given[environment];
    const isDue = warning?.at === at && Date.parse(at) > now.getTime();
    if (!isDue) return [];
    const { days } = warning;
    return [
      {
        ...toOwners(tenant),
        what: `ends:${environment}:${at}:${days}`,
        replaces: endScope(tenant.metadata.uid!, environment),
        severity: days === firstWarningDays ? 'normal' : 'high',
        title: `${title} expires within ${
          days === 1 ? 'a day' : `${days} days`
        }`,
        description: `On ${formatDay(
          at,
        )} its apps will be stopped. Their data will be deleted after the grace period. To keep apps and data, renew the tenant on its page.`,
      },
    ];
  });
}

function suspensions(tenant: Tenant): Notice[] {
  return endingsOf(tenant).flatMap(({ environment, suspendedAt, title }) =>
    suspendedAt
      ? [
          {
            ...toOwners(tenant),
            what: `suspended:${environment}:${suspendedAt}`,
            replaces: endScope(tenant.metadata.uid!, environment),
            severity: 'high' as const,
            title: `${title} has expired and is suspended`,
            description:
              'Its apps are stopped. Their data is deleted after the grace period. To keep apps and data, renew the tenant on its page.',
          },
        ]
      : [],
  );
}

/** Later notifications about one end take the place of earlier ones. */
function endScope(uid: string, environment: string): string {
  return `${uid}:end:${environment}`;
}

function toOwners({ metadata, spec }: Tenant) {
  return {
    about: metadata.uid!,
    to: spec.owners,
    topic: 'life' as const,
    link: `/tenants/${metadata.name}`,
  };
}

/** The tenant, and each environment, that has an end. */
function endingsOf({ spec, status }: Tenant) {
  const ofEnvironments = spec.environments.map(({ expiresAt, name }) => ({
    environment: name,
    at: expiresAt,
    suspendedAt: status?.environments?.find(one => one.name === name)
      ?.suspendedAt,
    title: `Environment ${name} of tenant ${spec.title}`,
  }));
  const ofTenant = {
    environment: '',
    at: spec.expiresAt,
    suspendedAt: status?.suspendedAt,
    title: `Tenant ${spec.title}`,
  };
  return [ofTenant, ...ofEnvironments].flatMap(({ at, ...ending }) =>
    at ? [{ ...ending, at }] : [],
  );
}

/** Returns the operator's warnings; none if the annotation has another content. */
function readWarnings({ metadata }: Tenant) {
  try {
    const text = metadata.annotations?.[annotations.endWarnings] ?? '{}';
    return warningsSchema.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}
