import {
  done,
  KubeApiError,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import type { ChangeRequest } from '@bailiwick/backstage-plugin-bailiwick-common';
import { fieldManager } from '../names';
import type { Scope } from '../scope';
import { untilInstant } from '../untilInstant';
import { actionOf, type Work } from './actions';
import { gatherFacts } from './gatherFacts';
import { judge } from './judge';
import { RequestFailedError } from './RequestFailedError';
import { applied, decided, decidedByRule, ended, open } from './status';

type Status = NonNullable<ChangeRequest['status']>;

/** Brings a request forward: judged by rules, decided by people, carried out, or expired. */
export async function reconcileChangeRequest(
  scope: Scope,
  name: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  let request = scope.caches.requests.get(name);
  // The steps follow each other at once; a crash between them costs nothing.
  while (request && !request.metadata.deletionTimestamp) {
    const next = await step(scope, request, signal);
    if (!next) return waitForEnd(request, scope.now());
    request = await scope.caches.requests.resource.patchStatus(name, next, {
      fieldManager,
      signal,
      // A person may decide at the same moment.
      resourceVersion: request.metadata.resourceVersion,
    });
  }
  return done;
}

function waitForEnd(
  { spec, status }: ChangeRequest,
  now: Date,
): ReconcileResult {
  return status?.phase === 'Open' ? untilInstant(spec.expiresAt, now) : done;
}

/** The next status of a request, `undefined` when there is nothing to do. */
async function step(
  scope: Scope,
  request: ChangeRequest,
  signal: AbortSignal,
): Promise<Partial<Status> | undefined> {
  const now = scope.now();
  const { phase, verdict } = request.status ?? {};
  const { expiresAt } = request.spec;
  if (phase === 'Approved') return carryOut(scope, request, now, signal);
  if (phase !== undefined && phase !== 'Open') return undefined;
  if (phase === 'Open' && verdict) return decided(request, verdict, now);
  if (expiresAt && new Date(expiresAt) <= now) {
    return ended(request, 'Expired', 'Nobody decided in time', now);
  }
  return phase === 'Open'
    ? undefined
    : judgeRequest(scope, request, now, signal);
}

async function judgeRequest(
  scope: Scope,
  request: ChangeRequest,
  now: Date,
  signal: AbortSignal,
): Promise<Partial<Status>> {
  return failing(request, now, async () => {
    const facts = await gatherFacts(scope, request, signal);
    const work: Work = { request, facts, now, signal };
    // What cannot be carried out need not be decided.
    actionOf(request).plan(work);
    const judgement = judge(facts.plan?.spec.approval.rules ?? [], facts);
    const next = judgement.decision
      ? decidedByRule(request, judgement.decision, now)
      : open(request, facts.plan, judgement, now);
    return { ...next, evidence: JSON.parse(JSON.stringify(facts.evidence)) };
  });
}

async function carryOut(
  scope: Scope,
  request: ChangeRequest,
  now: Date,
  signal: AbortSignal,
): Promise<Partial<Status>> {
  return failing(request, now, async () => {
    const facts = await gatherFacts(scope, request, signal);
    const work: Work = { request, facts, now, signal };
    return applied(request, await actionOf(request).carryOut(work, scope), now);
  });
}

/** Runs a step; what can never succeed ends the request, anything else is tried again. */
async function failing(
  request: ChangeRequest,
  now: Date,
  run: () => Promise<Partial<Status>>,
): Promise<Partial<Status>> {
  try {
    return await run();
  } catch (error) {
    const isFinal =
      error instanceof RequestFailedError ||
      (error instanceof KubeApiError && [400, 403, 422].includes(error.status));
    if (!isFinal) throw error;
    return ended(request, 'Failed', (error as Error).message, now);
  }
}
