import {
  tenantKind,
  tenantSpecSchema,
  validate,
  type Plan,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { RequestFailedError } from './RequestFailedError';

/**
 * The tenant spec that a request leads to, checked against the kind and the plan.
 *
 * @param name - name of the tenant
 * @param proposed - the whole spec, defaults not filled in
 * @throws RequestFailedError when it would be refused or the plan does not allow it
 */
export function proposedSpec(
  name: string,
  proposed: unknown,
  plan: Plan | undefined,
  now: Date,
): TenantSpec {
  const problems = validate(tenantKind, { metadata: { name }, spec: proposed });
  if (problems.length > 0) throw new RequestFailedError(problems.join('; '));
  const spec = tenantSpecSchema.parse(proposed);
  if (!plan) throw new RequestFailedError(`There is no plan "${spec.plan}"`);
  const { title, environments, maxLifetime } = plan.spec;
  if (spec.environments.length > environments.max) {
    throw new RequestFailedError(
      `The plan ${title} allows at most ${environments.max} environments, and ${spec.environments.length} are asked for`,
    );
  }
  return maxLifetime ? withEnd(spec, title, maxLifetime, now) : spec;
}

const unitMilliseconds = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function withEnd(
  spec: TenantSpec,
  title: string,
  lifetime: string,
  now: Date,
): TenantSpec {
  const unit = lifetime.slice(-1) as keyof typeof unitMilliseconds;
  const latest =
    now.getTime() + parseInt(lifetime, 10) * unitMilliseconds[unit];
  if (!spec.expiresAt)
    return { ...spec, expiresAt: new Date(latest).toISOString() };
  if (new Date(spec.expiresAt).getTime() > latest) {
    throw new RequestFailedError(
      `The plan ${title} ends after ${lifetime} at the latest`,
    );
  }
  return spec;
}
