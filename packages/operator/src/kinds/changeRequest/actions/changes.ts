import type {
  Proposal,
  TenantAction,
  TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  endProblems,
  latestEnd,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { isDeepStrictEqual } from 'node:util';
import type { Change, TenantWork } from './Change';
import { changeEnvironments } from './changeEnvironments';
import { requirePlan } from './proposedSpec';
import { renewalProblems } from './renewalProblems';
import { refuse, ActionFailedError } from './ActionFailedError';

/** Change of a tenant by action. @throws ActionFailedError for an invalid change */
export const changes: {
  [A in Exclude<TenantAction, 'create' | 'offboard'>]: (
    proposal: Proposal<A>,
    about: TenantWork,
  ) => Change;
} = {
  changePlan({ plan }, { facts, name, now, spec }) {
    const wanted = requirePlan(facts.plan, plan);
    changeEnvironments.checkPlan(wanted, { facts, spec });
    const latest = latestEnd(wanted, now);
    const isTooLong =
      plan !== spec.plan &&
      latest !== undefined &&
      !isUntil(spec.expiresAt, latest);
    return {
      patch: { plan, ...(isTooLong && { expiresAt: latest }) },
      before: { plan: spec.plan },
      done: `Plan of tenant ${name} changed from ${spec.plan} to ${plan}${
        isTooLong
          ? `; the tenant expires on ${latest}, the maximum of the plan`
          : ''
      }`,
    };
  },

  setEnvironments: changeEnvironments.set,

  setMembers({ members }, { name, spec }) {
    return {
      patch: { members },
      before: { members: spec.members },
      done: `Members of tenant ${name} were changed`,
    };
  },

  renew(proposal, about) {
    if ('environments' in proposal)
      return changeEnvironments.renew(proposal, about);
    const { facts, name, now, request, spec } = about;
    const { expiresAt } = proposal;
    refuse([
      ...renewalProblems(`Tenant ${name}`, spec.expiresAt, expiresAt, request),
      ...endProblems(requirePlan(facts.plan, spec.plan), expiresAt, now),
    ]);
    return {
      patch: { expiresAt },
      before: { ...(spec.expiresAt && { expiresAt: spec.expiresAt }) },
      done: `Tenant ${name} was renewed until ${expiresAt}`,
    };
  },

  transfer({ owners }, { name, request, spec }) {
    const before = request.status?.before?.owners;
    const isOf = (one: unknown) =>
      isDeepStrictEqual(comparable(spec.owners), comparable(one));
    // The present owners did not agree; unless this request was carried out before an interruption.
    if (before !== undefined && !isOf(before) && !isOf(owners))
      throw new ActionFailedError(
        `Tenant ${name} was transferred to ${spec.owners.join(
          ' and ',
        )} after this request; its current owners can send a new request`,
      );
    return {
      patch: { owners },
      before: { owners: spec.owners },
      done: `Tenant ${name} was transferred to ${owners.join(' and ')}`,
    };
  },

  cordon({ reason }, { name, now, request, spec }) {
    const by = request.spec.requestedBy;
    const isOurs = spec.cordon?.by === by && spec.cordon.reason === reason;
    return {
      // Stays unchanged when carried out again after an interruption.
      patch: {
        cordon: isOurs ? spec.cordon : { reason, by, at: now.toISOString() },
      },
      ...(spec.cordon && { before: { reason: spec.cordon.reason } }),
      done: `Tenant ${name} is cordoned: members have read-only access`,
    };
  },

  uncordon(_, { name, spec }) {
    return {
      patch: { cordon: null },
      ...(spec.cordon && { before: { reason: spec.cordon.reason } }),
      done: `The cordon of tenant ${name} was lifted`,
    };
  },
};

/**
 * Refuses a change without effect.
 *
 * @throws ActionFailedError
 */
export function refuseNoChange(
  { patch }: Change,
  { name, spec }: TenantWork,
): void {
  const fields = Object.keys(patch) as (keyof TenantSpec)[];
  const isNews = fields.some(
    field =>
      !isDeepStrictEqual(comparable(patch[field]), comparable(spec[field])),
  );
  if (isNews) return;
  const words: Partial<Record<keyof TenantSpec, string>> = {
    owners: `${name} already belongs to ${spec.owners.join(' and ')}`,
    plan: `${name} already has plan ${spec.plan}`,
    cordon: spec.cordon
      ? `${name} is already cordoned: ${spec.cordon.reason}`
      : `${name} is not cordoned`,
  };
  const [field] = fields;
  throw new ActionFailedError(
    `${words[field] ?? `${name} already has these ${field}`}; no change needed`,
  );
}

function isUntil(end: string | undefined, latest: string): boolean {
  return end !== undefined && Date.parse(end) <= Date.parse(latest);
}

/** Normalizes a field for comparison: lists have no order, and absent equals removed. */
function comparable(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  return Array.isArray(value) ? value.map(inOrder).sort() : value;
}

/** Returns JSON with sorted fields. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, one) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort())
      : one,
  );
}
