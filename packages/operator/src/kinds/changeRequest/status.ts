import { setCondition, toInstant } from '@bailiwick/backstage-kube-controller';
import type { ChangeRequest } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  decidersOf,
  type RuleEvaluation,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { RequestFacts } from './facts';

type Status = NonNullable<ChangeRequest['status']>;

/** Returns the status of a request that waits for an approver. */
export function open(
  request: ChangeRequest,
  { plan, tenant }: RequestFacts,
  { problems }: RuleEvaluation,
  now: Date,
): Partial<Status> {
  const deciders = decidersOf(request, tenant, plan);
  const message = [
    `Pending approval by ${deciders.join(' or ')}`,
    ...problems,
  ].join('. ');
  return {
    phase: 'Open',
    ...conditions(request, 'Decided', 'False', 'WaitsForPerson', message, now),
  };
}

/** Returns the status after a decision by a rule. */
export function decidedByRule(
  request: ChangeRequest,
  { rule, position }: NonNullable<RuleEvaluation['decision']>,
  now: Date,
): Partial<Status> {
  const { verdict } = rule;
  // Plans from before this was validated may have a blank reason.
  const reason = /\S/.test(rule.reason)
    ? rule.reason
    : 'Decided by a plan rule.';
  return {
    ...decided(request, { verdict, by: 'rule', reason }, now),
    verdict: {
      verdict,
      by: 'rule',
      rule: position,
      reason,
      at: toInstant(now),
    },
  };
}

/** Tolerated clock skew of an approver, milliseconds. */
const clockError = 60_000;

/**
 * Returns the status after a decision by a person; corrects its time when the approver's clock is
 * wrong.
 */
export function decidedByPerson(
  request: ChangeRequest,
  verdict: NonNullable<Status['verdict']>,
  now: Date,
): Partial<Status> {
  const isWrong = Math.abs(Date.parse(verdict.at) - now.getTime()) > clockError;
  return {
    ...decided(request, verdict, now),
    ...(isWrong && { verdict: { ...verdict, at: toInstant(now) } }),
  };
}

/** Returns the status after a decision. */
function decided(
  request: ChangeRequest,
  {
    verdict,
    by,
    reason,
  }: Pick<NonNullable<Status['verdict']>, 'verdict' | 'by' | 'reason'>,
  now: Date,
): Partial<Status> {
  const phase = verdict === 'approve' ? 'Approved' : 'Denied';
  const decider = by === 'rule' ? 'a rule' : by;
  const message = `${phase} by ${decider}: ${reason}`;
  return {
    phase,
    ...conditions(request, 'Decided', 'True', phase, message, now),
  };
}

/** Returns the status of a request that was carried out. */
export function applied(
  request: ChangeRequest,
  message: string,
  now: Date,
): Partial<Status> {
  return {
    phase: 'Applied',
    ...conditions(request, 'Applied', 'True', 'Applied', message, now),
  };
}

/** Returns the status of a request that is being carried out. */
export function inProgress(
  request: ChangeRequest,
  message: string,
  now: Date,
): Partial<Status> {
  return conditions(request, 'Applied', 'False', 'UnderWay', message, now);
}

/** Returns the status of a request that ended without effect. */
export function ended(
  request: ChangeRequest,
  phase: 'Failed' | 'Expired' | 'Withdrawn',
  message: string,
  now: Date,
): Partial<Status> {
  return {
    phase,
    ...conditions(request, 'Applied', 'False', phase, message, now),
  };
}

function conditions(
  { metadata, status }: ChangeRequest,
  type: 'Decided' | 'Applied',
  state: 'True' | 'False',
  reason: string,
  message: string,
  now: Date,
): Pick<Status, 'conditions' | 'observedGeneration'> {
  const observedGeneration = metadata.generation ?? 0;
  return {
    observedGeneration,
    conditions: setCondition(
      status?.conditions,
      { type, status: state, reason, message, observedGeneration },
      now,
    ),
  };
}
