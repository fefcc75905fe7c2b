import type { FaultBench } from '../FaultBench';
import { pause } from '../FaultBench';
import { Gate, holdFrames, type ActiveRule, type Rule } from '../proxy';
import type { Deed, Entry, Mishap, RoundPlan } from './planRound';

/** Meets every write. */
const losing: Rule = {
  verb: ['create', 'update', 'patch', 'delete'],
  fault: { type: 'loseResponse' },
};

/** Plays a round: people and mishaps at their times; at the end everything works again. */
export async function playRound(
  bench: FaultBench,
  plan: RoundPlan,
  tell: (entry: Entry) => void,
): Promise<void> {
  const gate = new Gate();
  bench.proxy.add({ verb: 'watch', fault: holdFrames(gate) });
  const stopReviving = revive(bench);
  const start = performance.now();
  const mishaps: Promise<void>[] = [];
  try {
    for (const entry of plan.entries) {
      await pause(Math.max(0, entry.atMs - (performance.now() - start)));
      tell(entry);
      if ('app' in entry) await act(bench, entry);
      else mishaps.push(strike(bench, gate, entry));
    }
    await Promise.all(mishaps);
  } finally {
    gate.open();
    bench.proxy.clear();
    await stopReviving();
    await bench.reset();
  }
}

async function act({ people }: FaultBench, deed: Deed): Promise<void> {
  const { tenant, app } = deed;
  if (deed.do === 'create') await people.createApp(tenant, app, deed.commit);
  if (deed.do === 'run') await people.run(tenant, app, deed.commit);
  if (deed.do === 'scale') await people.scale(tenant, app, deed.replicas);
  if (deed.do === 'remove') await people.deleteApp(tenant, app);
}

async function strike(
  bench: FaultBench,
  gate: Gate,
  mishap: Mishap,
): Promise<void> {
  const { proxy } = bench;
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
    case 'refuse':
      proxy.cutWatches();
      return during(mishap.forMs, proxy.add({ fault: { type: 'refuse' } }));
    case 'hold':
      gate.close();
      await pause(mishap.forMs);
      return gate.open();
    case 'cut':
      proxy.cutWatches();
      return undefined;
    case 'kill':
      return killAfter(bench, mishap.afterWrites);
    default: {
      const { operator } = bench;
      operator.signal('SIGSTOP');
      await pause(mishap.forMs);
      operator.signal('SIGCONT');
      return undefined;
    }
  }
}

async function during(
  milliseconds: number,
  { remove }: ActiveRule,
): Promise<void> {
  await pause(milliseconds);
  remove();
}

/** Kills the operator after so many writes, or at the latest after some seconds. */
async function killAfter(bench: FaultBench, count: number): Promise<void> {
  const { operator, proxy } = bench;
  let left = count;
  const stopListening = proxy.onWrite(() => {
    left -= 1;
    if (left === 0) operator.signal('SIGKILL');
  });
  await Promise.race([operator.ended, pause(5000)]);
  stopListening();
  operator.signal('SIGKILL');
  await operator.ended;
}

/** Starts the operator again whenever it ended; gives what stops that. */
function revive(bench: FaultBench): () => Promise<void> {
  let isOver = false;
  const reviving = (async () => {
    while (!isOver) {
      await Promise.race([bench.operator.ended, pause(100)]);
      if (!bench.operator.isRunning) await bench.restartOperator();
    }
  })();
  return async () => {
    isOver = true;
    await reviving;
  };
}
