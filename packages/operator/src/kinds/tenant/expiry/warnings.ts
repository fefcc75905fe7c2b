import { toInstant } from '@bailiwick/backstage-kube-controller';
import type { Tenant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { warningDays } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

const day = 86_400_000;

/** End of a tenant or of one of its environments, in the future. */
interface Ending {
  /** Name of the environment, empty for the tenant. */
  environment: string;
  /** RFC 3339. */
  at: string;
}

/** A warning that is due. */
export interface Warning extends Ending {
  days: number;
}

/** Last given warning by environment: the end, and the days before it. */
export type GivenWarnings = Record<string, { at: string; days: number }>;

/** Returns the warnings that are due and not given yet; of several missed ones only the last. */
export function dueWarnings(
  tenant: Pick<Tenant, 'spec'>,
  given: GivenWarnings,
  now: Date,
): Warning[] {
  return endingsOf(tenant).flatMap(ending => {
    const left = Date.parse(ending.at) - now.getTime();
    const days = warningDays.find(one => left <= one * day);
    if (days === undefined || left <= 0) return [];
    const last = given[ending.environment];
    const isGiven = last?.at === ending.at && last.days <= days;
    return isGiven ? [] : [{ ...ending, days }];
  });
}

/** Returns the given warnings with new ones, without those of ends that were moved. */
export function withWarnings(
  tenant: Pick<Tenant, 'spec'>,
  given: GivenWarnings,
  warnings: Warning[],
): GivenWarnings {
  const kept = endingsOf(tenant).flatMap(({ environment, at }) => {
    const last = given[environment];
    return last?.at === at ? [[environment, last] as const] : [];
  });
  const news = warnings.map(
    ({ environment, at, days }) => [environment, { at, days }] as const,
  );
  return Object.fromEntries([...kept, ...news]);
}

/** Returns the times of all warnings and ends. */
export function warningTimes(tenant: Pick<Tenant, 'spec'>): Date[] {
  return endingsOf(tenant).flatMap(({ at }) =>
    [0, ...warningDays].map(days => new Date(Date.parse(at) - days * day)),
  );
}

/** Returns the text of a warning. */
export function warningNote(
  { environment, at, days }: Warning,
  tenant: string,
  gracePeriod: string | undefined,
): string {
  const what = environment
    ? `Environment ${environment} of tenant ${tenant}`
    : `Tenant ${tenant}`;
  const left = days === 1 ? 'a day' : `${days} days`;
  const removal = gracePeriod
    ? ` and all its data is deleted ${gracePeriod} later`
    : '';
  return `${what} expires within ${left}, on ${toInstant(
    new Date(at),
  )}. Its apps are then stopped${removal}. Request a renewal if it is still needed.`;
}

function endingsOf({ spec }: Pick<Tenant, 'spec'>): Ending[] {
  const ofEnvironments = spec.environments.map(({ name, expiresAt }) => ({
    environment: name,
    at: expiresAt,
  }));
  return [{ environment: '', at: spec.expiresAt }, ...ofEnvironments].flatMap(
    ({ environment, at }) => (at ? { environment, at } : []),
  );
}
