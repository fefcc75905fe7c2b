import { KubeClient } from '@bailiwick/backstage-kube-controller';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { People, type BenchApp } from '../scenario';

const wantedPerSecond = 1000;
/** Edits under way at a time. */
const hands = 16;

/** Instructions for the process that generates load. */
export interface Order {
  kubeconfig: string;
  apps: BenchApp[];
}

async function editWithoutEnd(
  people: People,
  apps: BenchApp[],
  signal: AbortSignal,
): Promise<number> {
  const start = performance.now();
  let count = 0;
  const hand = async () => {
    while (!signal.aborted) {
      const due = start + (count * 1000) / wantedPerSecond;
      const turn = count++;
      await pause(Math.max(0, due - performance.now()));
      await people.scale(apps[turn % apps.length], 1 + (turn % 7));
    }
  };
  await Promise.all(Array.from({ length: hands }, hand));
  return count / ((performance.now() - start) / 1000);
}

// Clients that edit without end run on other machines in reality: they must not take processor time from the server.
setPriority(constants.priority.PRIORITY_LOW);
process.once('disconnect', () => process.exit());
const [{ kubeconfig, apps }] = (await once(process, 'message')) as [Order];
const stop = new AbortController();
process.once('message', () => stop.abort());
const client = KubeClient.fromKubeconfig({
  path: kubeconfig,
  userAgent: 'bench-noise',
});
const perSecond = await editWithoutEnd(new People(client), apps, stop.signal);
await client.close();
process.send!(perSecond, () => process.disconnect());
