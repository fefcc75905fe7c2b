import { type FaultBench, pause } from '@bailiwick/backstage-testing/world';
import type { Violation } from '@bailiwick/backstage-testing/oracles';
import {
  Gate,
  holdFrames,
  type ActiveRule,
  type Rule,
} from '@bailiwick/backstage-testing/proxy';
import type { OperatorProcess } from '@bailiwick/backstage-testing/process';
import { watchHonesty } from '../scenario';
import type { Deed, Entry, Mishap, RoundPlan, Who } from './planRound';

/** Meets every write. */
const losing: Rule = {
  verb: ['create', 'update', 'patch', 'delete'],
  fault: { type: 'loseResponse' },
};

/** Parts of a bench that a round uses. */
export type Stage = Pick<
  FaultBench,
  | 'admin'
  | 'leader'
  | 'operators'
  | 'people'
  | 'proxy'
  | 'reset'
  | 'restartOperator'
>;

/** Collects errors while other work continues. */
type Collect = (error: Error) => void;

/**
 * Plays a round: actions and faults at their times; at the end, all faults are over. Returns claims of statuses that
 * were false (O5), and actions that failed (O1); does not throw for these.
 */
export async function playRound(
  stage: Stage,
  plan: RoundPlan,
  tell: (entry: Entry) => void,
): Promise<Violation[]> {
  const failures: Violation[] = [];
  const collect = ({ message }: Error) => {
    failures.push(`O1: the round was not played: ${message}`);
  };
  const stopWatching = watchHonesty(stage);
  await play(stage, plan, tell, collect).catch(collect);
  const untrue = await stopWatching();
  return [...failures, ...untrue];
}

async function play(
  stage: Stage,
  plan: RoundPlan,
  tell: (entry: Entry) => void,
  collect: Collect,
): Promise<void> {
  const gate = new Gate();
  stage.proxy.add({ verb: 'watch', fault: holdFrames(gate) });
  const stopReviving = revive(stage, collect);
  const start = performance.now();
  const mishaps: Promise<void>[] = [];
  try {
    for (const entry of plan.entries) {
      await pause(Math.max(0, entry.atMs - (performance.now() - start)));
      tell(entry);
      if ('app' in entry) await act(stage, entry);
      else mishaps.push(strike(stage, gate, entry).catch(collect));
    }
  } finally {
    // An action in progress would affect the next round.
    await Promise.all(mishaps);
    gate.open();
    stage.proxy.clear();
    await stopReviving();
    await stage.reset().catch(collect);
  }
}

async function act({ people }: Stage, deed: Deed): Promise<void> {
  const { tenant, app } = deed;
  if (deed.do === 'create') await people.createApp(tenant, app, deed.commit);
  if (deed.do === 'run') await people.run(tenant, app, deed.commit);
  if (deed.do === 'scale') await people.scale(tenant, app, deed.replicas);
  if (deed.do === 'remove') await people.deleteApp(tenant, app);
}

async function strike(stage: Stage, gate: Gate, mishap: Mishap): Promise<void> {
  const { proxy } = stage;
  switch (mishap.do) {
    case 'errors': {
      const { status, probability } = mishap;
      const fault = { type: 'answer', status, retryAfter: 1 } as const;
      return during(mishap.forMs, proxy.add({ probability, fault }));
    }
    case 'lose': {
      const { probability } = mishap;
      return during(mishap.forMs, proxy.add({ ...losing, probability }));
    }
    case 'away':
      proxy.wire.goAway();
      await pause(mishap.forMs);
      return proxy.wire.comeBack();
    case 'silence':
      proxy.wire.silence();
      return undefined;
    case 'hold':
      gate.close();
      await pause(mishap.forMs);
      return gate.open();
    case 'cut':
      proxy.cutWatches();
      return undefined;
    case 'kill':
      return killAfter(stage, mishap.who, mishap.afterWrites);
    default: {
      const operator = find(stage, mishap.who);
      operator.signal('SIGSTOP');
      await pause(mishap.forMs);
      operator.signal('SIGCONT');
      return undefined;
    }
  }
}

/** Returns the operator with a role; any operator while none leads. */
function find({ leader, operators }: Stage, who: Who): OperatorProcess {
  const others = operators.filter(one => one !== leader);
  return (who === 'leader' ? leader : others[0]) ?? operators[0];
}

async function during(
  milliseconds: number,
  { remove }: ActiveRule,
): Promise<void> {
  await pause(milliseconds);
  remove();
}

/** Kills an operator after so many writes of it, or at the latest after some seconds. */
async function killAfter(stage: Stage, who: Who, count: number): Promise<void> {
  const { proxy } = stage;
  const operator = find(stage, who);
  let left = count;
  const stopListening = proxy.onWrite(({ client }) => {
    if (client !== operator.name) return;
    left -= 1;
    if (left === 0) operator.signal('SIGKILL');
  });
  await Promise.race([operator.ended, pause(who === 'leader' ? 5000 : 0)]);
  stopListening();
  operator.signal('SIGKILL');
  await operator.ended;
}

/** Restarts operators whenever they end; returns a function that stops this. */
function revive(stage: Stage, collect: Collect): () => Promise<void> {
  let isOver = false;
  const reviving = (async () => {
    while (!isOver) {
      await pause(100);
      for (const [slot, operator] of stage.operators.entries())
        if (!operator.isRunning) await stage.restartOperator(slot);
    }
  })().catch(collect);
  return async () => {
    isOver = true;
    await reviving;
  };
}
