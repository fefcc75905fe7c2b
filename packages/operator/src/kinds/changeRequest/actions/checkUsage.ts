import {
  resourceNames,
  resources,
  type Plan,
  type TenantEnvironment,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  amountToNumber,
  effectiveLimits,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { ActionFailedError } from './ActionFailedError';

type Environment = Pick<TenantEnvironment, 'limits' | 'name'>;

/**
 * Refuses reduced limits that are below the present usage.
 *
 * @param usedIn - usage of an environment, by the names of quotas
 * @throws ActionFailedError with the usage and the limits
 */
export function checkUsage(
  before: { plan: Plan | undefined; spec: TenantSpec },
  after: { plan: Plan; environments: Environment[] },
  usedIn: (environment: string) => Record<string, string>,
): void {
  const tooSmall = after.environments.flatMap(environment => {
    const limits = effectiveLimits(after.plan.spec, environment);
    const present = before.spec.environments.find(
      ({ name }) => name === environment.name,
    );
    if (!present) return [];
    const old = before.plan && effectiveLimits(before.plan.spec, present);
    return resourceNames
      .filter(
        field =>
          !old || amountToNumber(limits[field]) < amountToNumber(old[field]),
      )
      .flatMap(field => {
        const used = usedIn(environment.name)[resources[field].quotaKey] ?? '0';
        return amountToNumber(used) > amountToNumber(limits[field])
          ? `${environment.name} uses ${field} ${used}, and the plan allows ${
              limits[field] ?? 0
            }`
          : [];
      });
  });
  if (tooSmall.length === 0) return;
  throw new ActionFailedError(
    `Plan ${
      after.plan.spec.title
    } is too small for the current usage: ${tooSmall.join(
      ', ',
    )}; pause or delete apps first`,
  );
}
