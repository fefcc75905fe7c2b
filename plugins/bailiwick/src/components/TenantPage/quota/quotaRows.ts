import {
  resourceNames,
  resources,
  type ResourceName,
  type ResourceRow,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  amountToNumber,
  budgetOf,
  effectiveLimits,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { TenantFacts } from '../facts/TenantFacts';

/** Usage of a limit in cores, bytes or pieces; `undefined` while unknown. */
export interface Share {
  used?: number;
  limit?: number;
}

/** One resource in each environment and in all together. */
export interface QuotaRow {
  resource: ResourceName;
  /** By the name of the environment. */
  environments: Record<string, Share>;
  sum: Share;
  /** Most that the limits of all environments together may be. */
  budget?: number;
}

/** Returns usage and limits by resource, without optional resources that the tenant has no limit for. */
export function quotaRows({
  plan,
  tenant: { spec, status },
}: Pick<TenantFacts, 'plan' | 'tenant'>): QuotaRow[] {
  const budget: Partial<Record<ResourceName, number>> = plan
    ? budgetOf(plan.spec)
    : {};
  return resourceNames.flatMap(resource => {
    const environments = Object.fromEntries(
      spec.environments.map(environment => {
        const found = status?.environments?.find(
          ({ name }) => name === environment.name,
        );
        const limits =
          found?.limit ?? (plan && effectiveLimits(plan.spec, environment));
        const share: Share = {
          used: amount(found?.used?.[resource], found?.used),
          limit: amount(limits?.[resource], limits),
        };
        return [environment.name, share];
      }),
    );
    const shares = Object.values(environments);
    const { isOptional }: ResourceRow = resources[resource];
    if (isOptional && !shares.some(({ limit }) => limit)) return [];
    return {
      resource,
      environments,
      sum: {
        used: total(shares.map(({ used }) => used)),
        limit: total(shares.map(({ limit }) => limit)),
      },
      budget: budget[resource],
    };
  });
}

/** The limit of a tenant that is used most. */
export interface HighestUsage {
  resource: ResourceName;
  /** Usage of the limit, 0 to 1, or more when it is exceeded. */
  share: number;
}

/** Returns the limit that is used most in any environment; `undefined` while unknown. */
export function highestUsageOf(rows: QuotaRow[]): HighestUsage | undefined {
  return rows
    .flatMap(({ environments, resource }) =>
      Object.values(environments).flatMap(({ limit, used }) =>
        used !== undefined && limit ? [{ resource, share: used / limit }] : [],
      ),
    )
    .reduce<HighestUsage | undefined>(
      (highest, one) => (highest && highest.share >= one.share ? highest : one),
      undefined,
    );
}

/** An amount as a number: 0 in a list that omits it, `undefined` without a list. */
function amount(
  value: string | number | undefined,
  list: object | undefined,
): number | undefined {
  return list && amountToNumber(value);
}

function total(values: (number | undefined)[]): number | undefined {
  if (values.includes(undefined)) return undefined;
  return (values as number[]).reduce((sum, value) => sum + value, 0);
}
