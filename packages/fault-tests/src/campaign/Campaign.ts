import {
  coreKinds,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import { once } from 'node:events';
import { eventually } from '@bailiwick/backstage-testing';
import { FaultBench } from '@bailiwick/backstage-testing/world';
import type { Violation } from '@bailiwick/backstage-testing/oracles';
import { isGone } from '@bailiwick/backstage-testing/people';
import { foreignObjects, judgeRound } from './judgeRound';
import { planRound, type Entry, type RoundPlan } from './planRound';
import { playRound } from './playRound';

/** Everything that is needed to play a round again. */
export interface Trace {
  seed: number;
  round: number;
  plan: RoundPlan;
  violations: Violation[];
  /** Actions, each with milliseconds since the start of the round. */
  done: { ms: number; entry: Entry }[];
  /** The operator's log. */
  log: object[];
}

/** Findings of a campaign. */
export interface Outcome {
  rounds: number;
  deeds: number;
  mishaps: number;
  writes: number;
  requests: number;
  /** The round that broke an oracle. */
  broken?: Trace;
}

/** Options of {@link runCampaign}. */
export interface CampaignOptions {
  seed: number;
  minutes: number;
  /** A round to play again instead. */
  replay?: Trace;
  /** Milliseconds in which nothing may be written at the end of a round. */
  quietMs: number;
  tell: (line: string) => void;
  /** Ends the campaign; everything that it started is stopped then. */
  signal: AbortSignal;
}

/**
 * Plays rounds until the time is over or an oracle is violated. A round that would probably take longer than the rest
 * of the time is not begun, but for the first.
 *
 * @throws the reason of the signal when it aborts
 */
export async function runCampaign({
  seed,
  minutes,
  replay,
  quietMs,
  tell,
  signal,
}: CampaignOptions): Promise<Outcome> {
  const end = performance.now() + minutes * 60_000;
  tell('Starting a control plane and two operators');
  const bench = await FaultBench.start({ seed, operators: 2, signal, tell });
  const outcome: Outcome = {
    rounds: 0,
    deeds: 0,
    mishaps: 0,
    writes: 0,
    requests: 0,
  };
  const aborted = once(signal, 'abort').then(() => {
    throw signal.reason;
  });
  let longest = 0;
  try {
    for (
      let round = replay?.round ?? 0;
      outcome.rounds === 0 || performance.now() + longest < end;
      round += 1
    ) {
      const began = performance.now();
      const plan = replay?.plan ?? planRound(seed, round);
      bench.proxy.reseed(seed * 1000 + round);
      const trace = await Promise.race([
        checkRound(bench, { seed, round, plan, quietMs, tell }),
        aborted,
      ]);
      longest = Math.max(longest, performance.now() - began);
      outcome.rounds += 1;
      for (const entry of plan.entries)
        outcome['app' in entry ? 'deeds' : 'mishaps'] += 1;
      outcome.writes = bench.proxy.writes.length;
      outcome.requests = bench.proxy.passages.length;
      const verdict = trace.violations.length ? 'broken' : 'no violation';
      tell(`Round ${round}: ${plan.entries.length} events, ${verdict}`);
      if (trace.violations.length > 0) return { ...outcome, broken: trace };
      if (replay) break;
    }
    return outcome;
  } finally {
    await bench.stop();
  }
}

/** One round, and who hears how far it is. */
type Round = Pick<Trace, 'seed' | 'round' | 'plan'> &
  Pick<CampaignOptions, 'quietMs' | 'tell'>;

async function checkRound(
  bench: FaultBench,
  { quietMs, tell, ...one }: Round,
): Promise<Trace> {
  const trace: Trace = { ...one, violations: [], done: [], log: [] };
  try {
    await play(bench, trace, quietMs, text =>
      tell(`… Round ${one.round}: ${text}`),
    );
  } catch (error) {
    // What does not come to an end is no end state either.
    trace.violations.push(`O1: ${(error as Error).message}`);
  }
  trace.log = [...bench.log, ...bench.operators.flatMap(({ log }) => log)];
  return trace;
}

/** Plays and judges a round; findings appear in the trace immediately. */
async function play(
  bench: FaultBench,
  trace: Trace,
  quietMs: number,
  tell: (text: string) => void,
): Promise<void> {
  const { plan } = trace;
  tell(`${plan.tenants.length} tenants are created`);
  for (const tenant of plan.tenants) await bench.giveTenant(tenant);
  await placeForeign(bench, plan.tenants[0]);
  const before = {
    passages: bench.proxy.passages.length,
    foreign: await foreignObjects(bench.admin),
  };
  const seconds = Math.round((plan.entries.at(-1)?.atMs ?? 0) / 1000);
  tell(`${plan.entries.length} events within ${seconds} s`);
  const start = performance.now();
  const found = await playRound(bench, plan, entry => {
    trace.done.push({ ms: Math.round(performance.now() - start), entry });
  });
  trace.violations.push(...found);
  tell(`everything settles, then ${quietMs / 1000} s of quiet are judged`);
  trace.violations.push(...(await judgeRound(bench, plan, before, quietMs)));
  if (trace.violations.length > 0) return;
  tell('the tenants are deleted');
  for (const tenant of plan.tenants) await bench.people.deleteTenant(tenant);
  for (const tenant of plan.tenants)
    await eventually(`${tenant} goes`, () => isGone(bench.admin, tenant), 60);
}

/** Creates foreign objects beside ours. */
async function placeForeign(
  { admin }: FaultBench,
  tenant: string,
): Promise<void> {
  const metadata = {
    name: 'app-of-others',
    namespace: `${tenant}--dev`,
    labels: { made: 'by-hand' },
  };
  await admin.resource(coreKinds.configMaps).create({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
  });
  await admin.resource(coreKinds.services).create({
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { ports: [{ port: 80 }] },
  } as KubeObject);
}
