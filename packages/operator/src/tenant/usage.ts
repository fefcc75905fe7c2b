import {
  amountsOfQuota,
  amountToNumber,
  containerResources,
  mostUsageSamples,
  sumAmounts,
  type Plan,
  type Tenant,
  type UsageSample,
} from '@bailiwick/backstage-plugin-bailiwick-common';

type Environments = NonNullable<NonNullable<Tenant['status']>['environments']>;
type Amounts = NonNullable<Environments[number]['used']>;

/** Milliseconds between two samples of what a tenant uses. */
export const sampleInterval = 4 * 3_600_000;

/**
 * The samples of a tenant's usage, with a new one when it is time and everything is counted. They
 * are made of what the quotas say, which costs no call.
 *
 * @param environments - as they are now
 * @param plan - that of the tenant; nothing is noted while it does not exist
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

/** When the next sample is due. */
export function nextSample(usage: UsageSample[]): Date {
  const last = usage.at(-1);
  return new Date(last ? Date.parse(last.at) + sampleInterval : 0);
}

/**
 * The fullest of all environments, by the scarcest resource of containers: what pods request divided by
 * what the plan allows, two decimals. A limit of its own that an environment has below that counts for nothing, as its owners
 * choose it.
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

/** What several environments have together; `undefined` when nothing is known of any. */
export function knownSum(
  all: (Amounts | undefined)[],
): Partial<Amounts> | undefined {
  const known = all.flatMap(one => one ?? []);
  return known.length > 0 ? sumAmounts(known) : undefined;
}
