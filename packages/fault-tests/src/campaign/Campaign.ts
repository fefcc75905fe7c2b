import {
  coreKinds,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
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
  /** What was done, with milliseconds since the round began. */
  done: { ms: number; entry: Entry }[];
  /** The operator's log. */
  log: object[];
}

/** What a campaign found. */
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
}

/** Plays rounds until the time is over or an oracle is violated. */
export async function runCampaign({
  seed,
  minutes,
  replay,
  quietMs,
  tell,
}: CampaignOptions): Promise<Outcome> {
  const end = performance.now() + minutes * 60_000;
  const bench = await FaultBench.start({ seed, operators: 2 });
  const outcome: Outcome = {
    rounds: 0,
    deeds: 0,
    mishaps: 0,
    writes: 0,
    requests: 0,
  };
  try {
    for (
      let round = replay?.round ?? 0;
      outcome.rounds === 0 || performance.now() < end;
      round += 1
    ) {
      const plan = replay?.plan ?? planRound(seed, round);
      bench.proxy.reseed(seed * 1000 + round);
      const trace = await checkRound(bench, seed, round, plan, quietMs);
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

async function checkRound(
  bench: FaultBench,
  seed: number,
  round: number,
  plan: RoundPlan,
  quietMs: number,
): Promise<Trace> {
  const trace: Trace = { seed, round, plan, violations: [], done: [], log: [] };
  try {
    await play(bench, plan, trace, quietMs);
  } catch (error) {
    // What does not come to an end is no end state either.
    trace.violations.push(`O1: ${(error as Error).message}`);
  }
  trace.log = [...bench.log, ...bench.operators.flatMap(({ log }) => log)];
  return trace;
}

/** Plays and judges a round; the trace has what is found as soon as it is found. */
async function play(
  bench: FaultBench,
  plan: RoundPlan,
  trace: Trace,
  quietMs: number,
): Promise<void> {
  for (const tenant of plan.tenants) await bench.giveTenant(tenant);
  await placeForeign(bench, plan.tenants[0]);
  const before = {
    passages: bench.proxy.passages.length,
    foreign: await foreignObjects(bench.admin),
  };
  const start = performance.now();
  const found = await playRound(bench, plan, entry => {
    trace.done.push({ ms: Math.round(performance.now() - start), entry });
  });
  trace.violations.push(...found);
  trace.violations.push(...(await judgeRound(bench, plan, before, quietMs)));
  if (trace.violations.length > 0) return;
  for (const tenant of plan.tenants) await bench.people.deleteTenant(tenant);
  for (const tenant of plan.tenants)
    await eventually(`${tenant} goes`, () => isGone(bench.admin, tenant), 60);
}

/** Puts somebody else's objects beside ours. */
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
