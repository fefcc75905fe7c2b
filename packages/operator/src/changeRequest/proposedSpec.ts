import {
  durationToMilliseconds,
  readProposal,
  tenantKind,
  validate,
  type Plan,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { checkBudget, checkLimits } from './ledger';
import { RequestFailedError } from './RequestFailedError';

/**
 * The spec that a new tenant gets, checked against the kind and the plan.
 *
 * @param name - name of the tenant
 * @param proposed - the whole spec, defaults not filled in
 * @throws RequestFailedError when it would be refused or the plan does not allow it
 */
export function proposedSpec(
  name: string,
  proposed: unknown,
  found: Plan | undefined,
  now: Date,
): TenantSpec {
  checkSpec(name, proposed);
  const { proposal } = readProposal('create', proposed);
  const spec: TenantSpec = { ...proposal! };
  const plan = existing(found, spec.plan);
  checkLimits(plan, spec.environments);
  checkBudget(plan, spec.environments);
  checkFuture(spec.expiresAt, now);
  for (const { expiresAt } of spec.environments) {
    checkFuture(expiresAt, now);
    checkEnd(plan, expiresAt, now);
  }
  checkEnd(plan, spec.expiresAt, now);
  return { ...spec, expiresAt: spec.expiresAt ?? latestEnd(plan, now) };
}

/** @throws RequestFailedError with everything for which the API server would refuse a tenant */
export function checkSpec(name: string, spec: unknown): void {
  const problems = validate(tenantKind, { metadata: { name }, spec });
  if (problems.length > 0) throw new RequestFailedError(problems.join('; '));
}

/** @throws RequestFailedError when the plan is not there */
export function existing(plan: Plan | undefined, name: string): Plan {
  if (plan) return plan;
  throw new RequestFailedError(
    `There is no plan "${name}" (any more); choose another plan, or ask the platform team to bring it back`,
  );
}

/** When something with a plan ends at the latest, RFC 3339; `undefined` for a plan without an end. */
export function latestEnd(
  { spec: { maxLifetime } }: Plan,
  now: Date,
): string | undefined {
  return maxLifetime
    ? new Date(
        now.getTime() + durationToMilliseconds(maxLifetime),
      ).toISOString()
    : undefined;
}

/** @throws RequestFailedError for an end that the plan does not allow */
export function checkEnd(plan: Plan, end: string | undefined, now: Date): void {
  const latest = latestEnd(plan, now);
  if (!end || !latest || Date.parse(end) <= Date.parse(latest)) return;
  const { maxLifetime, title } = plan.spec;
  throw new RequestFailedError(
    `The plan ${title} ends after ${maxLifetime} at the latest: choose an end until ${latest}, not ${end}`,
  );
}

/** @throws RequestFailedError for an end that has passed */
export function checkFuture(end: string | undefined, now: Date): void {
  if (end && Date.parse(end) <= now.getTime())
    throw new RequestFailedError(
      `The end ${end} has passed already; choose one in the future`,
    );
}
