import {
  containerResources,
  mostUsageSamples,
  type Plan,
  type Tenant,
  type UsageSample,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  amountsOfQuota,
  amountToNumber,
  sumAmounts,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';

type Environments = NonNullable<NonNullable<Tenant['status']>['environments']>;
type Amounts = NonNullable<Environments[number]['used']>;

/** Milliseconds between two samples of a tenant's usage. */
export const sampleInterval = 4 * 3_600_000;

/**
 * Returns the usage samples of a tenant, with a new one when it is due and all quotas are counted.
 * Reads only cached quotas.
 *
 * @param environments - their current status
 * @param plan - plan of the tenant; no sample is taken without it
 */
export function usageWith(
  usage: UsageSample[],
  environments: Environments,
  plan: Plan | undefined,
  now: Date,
): UsageSample[] {
  const isCounted = plan && environments.every(({ used }) => used);
  if (!isCounted || nextSample(usage).getTime() > now.getTime()) return usage;
  const sample: UsageSample = {
    at: now.toISOString(),
    ...amountsOfQuota(),
    ...sumAmounts(environments.flatMap(({ used }) => used ?? [])),
    plan: plan.metadata.name,
    usedRatio: usedRatio(environments, plan) ?? 0,
  };
  return [...usage, sample].slice(-mostUsageSamples);
}

/** Returns when the next sample is due. */
export function nextSample(usage: UsageSample[]): Date {
  const last = usage.at(-1);
  return new Date(last ? Date.parse(last.at) + sampleInterval : 0);
}

/**
 * Returns the highest ratio of requested to allowed amounts over all environments and all resources of
 * containers, with two decimals. Lower limits that owners chose for an environment are ignored.
 */
export function usedRatio(
  environments: Environments,
  plan: Plan | undefined,
): number | undefined {
  const most = plan?.spec.perEnvironment;
  const ratios = environments.flatMap(({ used }) =>
    used && most
      ? containerResources.map(name => {
          const limit = amountToNumber(most[name]);
          return limit > 0 ? amountToNumber(used[name]) / limit : 0;
        })
      : [],
  );
  return ratios.length > 0
    ? Math.round(Math.max(...ratios) * 100) / 100
    : undefined;
}

/** Sums the amounts of several environments; `undefined` when none is known. */
export function knownSum(
  all: (Amounts | undefined)[],
): Partial<Amounts> | undefined {
  const known = all.flatMap(one => one ?? []);
  return known.length > 0 ? sumAmounts(known) : undefined;
}
