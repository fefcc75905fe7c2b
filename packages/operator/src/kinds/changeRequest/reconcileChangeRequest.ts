import {
  done,
  isForbidden,
  ignoreNotFound,
  KubeApiError,
  requeueAfter,
  type KubeObject,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import {
  findCondition,
  requestEnd,
  type ChangeRequest,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  targetTenant,
  type ApprovalRule,
  evaluateRules,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { isDeepStrictEqual } from 'node:util';
import { requeueAt } from '../../apply';
import { fieldManager } from '../../names';
import type { Placement } from '../../placement';
import {
  actionOf,
  tenantNotFound,
  type Outcome,
  type Work,
  ActionFailedError,
} from './actions';
import { gatherFacts, recordedEvidence, type RequestFacts } from './facts';
import {
  applied,
  decidedByPerson,
  decidedByRule,
  ended,
  open,
  inProgress,
} from './status';

type Status = NonNullable<ChangeRequest['status']>;

/** Outcome of a step. */
interface Step {
  /** The next status; absent when it stays unchanged. */
  next?: Partial<Status>;
  /** When to continue; absent when the next step follows at once. */
  wait?: ReconcileResult;
}

/** Milliseconds after which a forbidden call is retried. */
const forbiddenRetryDelay = 15_000;
/** Maximum number of steps in one reconciliation; a request has fewer. */
const maxSteps = 10;

/** Advances a request: judged by rules, decided by people, carried out, or expired. */
export async function reconcileChangeRequest(
  placement: Placement,
  name: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  let request = placement.caches.requests.get(name);
  if (request)
    request = await removeOwnersAndFinalizers(placement, request, signal);
  // Each step is recorded before the next one, so a crash in between is harmless.
  for (let count = 0; count < maxSteps; count += 1) {
    if (!request || request.metadata.deletionTimestamp) return done;
    const { next, wait } = await step(placement, request, signal);
    if (next)
      request = await placement.caches.requests.resource.patchStatus(
        name,
        next,
        {
          fieldManager,
          signal,
          // An approver may decide concurrently.
          resourceVersion: request.metadata.resourceVersion,
        },
      );
    if (wait) return wait;
  }
  return requeueAfter(1000);
}

/**
 * Removes owners and finalizers of a request, which people could set before the policy `bailiwick-lifetimes` existed: the record
 * would be deleted with its owner, or never.
 */
async function removeOwnersAndFinalizers(
  { caches }: Placement,
  request: ChangeRequest,
  signal: AbortSignal,
): Promise<ChangeRequest> {
  const { metadata }: KubeObject = request;
  const { finalizers, name, ownerReferences, resourceVersion } = metadata;
  // Those of Kubernetes itself, while it deletes the request.
  const kept = (finalizers ?? []).filter(one => !one.includes('/'));
  if (kept.length === (finalizers ?? []).length && !ownerReferences?.length)
    return request;
  return caches.requests.resource.patch(
    name,
    { metadata: { finalizers: kept, ownerReferences: null } },
    { resourceVersion, signal },
  );
}

async function step(
  placement: Placement,
  request: ChangeRequest,
  signal: AbortSignal,
): Promise<Step> {
  const now = placement.now();
  const { phase, verdict } = request.status ?? {};
  const end = requestEnd(request);
  if (phase === 'Approved') return carryOut(placement, request, now, signal);
  if (phase === 'Withdrawn' && !findCondition(request.status, 'Applied')) {
    const words = `Withdrawn by ${request.spec.requestedBy}`;
    return { next: ended(request, 'Withdrawn', words, now) };
  }
  if (phase !== undefined && phase !== 'Open') return { wait: done };
  if (phase === 'Open' && verdict)
    return { next: decidedByPerson(request, verdict, now) };
  if (end && new Date(end) <= now)
    return {
      next: ended(request, 'Expired', 'Expired before a decision', now),
    };
  if (phase === undefined)
    return { next: await judgeRequest(placement, request, now, signal) };
  const lost = await findLoss(placement, request, signal);
  if (lost) return { next: ended(request, 'Failed', lost, now) };
  return { wait: requeueAt(end, now) };
}

/** Returns why an open request is void: its tenant or app was deleted. */
async function findLoss(
  { caches }: Placement,
  { metadata, spec }: ChangeRequest,
  signal: AbortSignal,
): Promise<string | undefined> {
  const name = targetTenant(spec);
  if (spec.action === 'create') return undefined;
  // The caches may lag behind.
  const tenant =
    caches.tenants.get(name) ??
    (await caches.tenants.resource.get(name, { signal }).catch(ignoreNotFound));
  if (!tenant) return tenantNotFound(name).message;
  if (spec.target.kind !== 'App') return undefined;
  const { name: appName, namespace } = spec.target;
  const app =
    caches.apps.get(appName, namespace) ??
    (await caches.apps.resource
      .get(appName, { namespace, signal })
      .catch(ignoreNotFound));
  if (!app || app.metadata.deletionTimestamp)
    return `The app "${appName}" was deleted`;
  const { creationTimestamp = '' } = app.metadata;
  return creationTimestamp > (metadata.creationTimestamp ?? '')
    ? `The app "${appName}" was deleted and created again after this request`
    : undefined;
}

async function judgeRequest(
  placement: Placement,
  request: ChangeRequest,
  now: Date,
  signal: AbortSignal,
): Promise<Partial<Status>> {
  const facts = await gatherFacts(placement, request, signal);
  const frozen: Partial<Status> = {
    ...(facts.planName && facts.plan && { plan: facts.planName }),
    evidence: recordedEvidence(request, facts),
  };
  const next = await endOnFailure(request, now, async () => {
    const work: Work = { request, facts, now, signal };
    // A request that cannot be carried out need not be decided.
    const before = actionOf(request).check(work);
    const evaluation = evaluateRules(rulesFor(request, facts), facts);
    const verdict = evaluation.decision
      ? decidedByRule(request, evaluation.decision, now)
      : open({ ...request, status: { before } }, facts, evaluation, now);
    return { ...verdict, ...(before && { before }) };
  });
  return { ...frozen, ...next };
}

/**
 * Returns the rules for a request about a tenant. For requests about an app, rules can only deny: its owners approve
 * promotions by a second person, and read access.
 */
function rulesFor(
  { spec: { target } }: ChangeRequest,
  { plan }: RequestFacts,
): ApprovalRule[] {
  const rules = plan?.spec.approval.rules ?? [];
  return target.kind === 'App'
    ? rules.filter(({ verdict }) => verdict === 'deny')
    : rules;
}

async function carryOut(
  placement: Placement,
  request: ChangeRequest,
  now: Date,
  signal: AbortSignal,
): Promise<Step> {
  let wait: ReconcileResult | undefined;
  const next = await endOnFailure(request, now, async () => {
    const facts = await gatherFacts(placement, request, signal);
    const work: Work = { request, facts, now, signal };
    const outcome = await actionOf(request)
      .carryOut(work, placement)
      .catch(retryWhenForbidden);
    if ('done' in outcome) return applied(request, outcome.done, now);
    if ('remember' in outcome) return outcome.remember;
    const { milliseconds, waitsFor } = outcome;
    wait = milliseconds ? requeueAfter(milliseconds) : done;
    return inProgress(request, waitsFor, now);
  });
  const { conditions } = request.status ?? {};
  const isSame = wait && isDeepStrictEqual(next.conditions, conditions);
  return { wait, ...(!isSame && { next }) };
}

/**
 * Retries a forbidden call, as an API server that has just started may not have loaded all roles.
 */
function retryWhenForbidden(error: unknown): Outcome {
  if (!isForbidden(error)) throw error;
  return {
    waitsFor: `The API server rejected the change; retrying: ${
      (error as Error).message
    }`,
    milliseconds: forbiddenRetryDelay,
  };
}

/** Runs a step; an error that is final ends the request, any other is retried. */
async function endOnFailure(
  request: ChangeRequest,
  now: Date,
  run: () => Promise<Partial<Status>>,
): Promise<Partial<Status>> {
  try {
    return await run();
  } catch (error) {
    const isFinal =
      error instanceof ActionFailedError ||
      (error instanceof KubeApiError && [400, 422].includes(error.status));
    if (!isFinal) throw error;
    return ended(request, 'Failed', (error as Error).message, now);
  }
}
