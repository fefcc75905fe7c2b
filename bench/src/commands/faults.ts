import { FaultProxy } from '@bailiwick/backstage-testing/proxy';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { length } from '../durations';
import { quiet, withSubject, type Ground } from '../measure';
import { inParallel } from '../inParallel';
import { ours } from '../operators';
import { removeApps } from '../scenario';
import { rounded } from '../statistics';
import { benchOptions } from './benchOptions';
import { withPopulation } from './prepare';

const failing = 0.1;
const cutEveryMs = length(30_000, 1000);

interface Run {
  /** Until all children were there. */
  seconds: number;
  /** Writes that the API server carried out. */
  writes: number;
}

/** `faults`: the same work with and without failing calls and interrupted watches. */
export async function faults(args: string[]): Promise<object> {
  const options = benchOptions(args, { apps: 300, tenants: 30, seed: 1 });
  return withPopulation(options, async ground => {
    const calm = await play(ground, options.seed, false);
    ground.say(`  ${rounded(calm.seconds)} s, ${calm.writes} writes`);
    const stormy = await play(ground, options.seed, true);
    ground.say(
      `  ${rounded(stormy.seconds)} s, ${stormy.writes} writes with faults`,
    );
    return {
      apps: options.apps,
      faultConvergenceRatio: rounded(stormy.seconds / calm.seconds),
      faultWritesRatio: rounded(stormy.writes / calm.writes),
      calm,
      stormy,
    };
  });
}

/** Creates all apps through a proxy. */
async function play(
  ground: Ground,
  seed: number,
  isStormy: boolean,
): Promise<Run> {
  const { cluster, people, population } = ground;
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const { kubeconfig } = cluster;
  const proxy = await FaultProxy.start({ kubeconfig, folder, seed });
  const program = await ours('app');
  const through = {
    ...program,
    args: (_: string, port: number) => program.args(proxy.kubeconfig, port),
  };
  let cutting: NodeJS.Timeout | undefined;
  try {
    return await withSubject(ground, through, async ({ process, watch }) => {
      await process.idle(0);
      await quiet(cluster);
      if (isStormy) {
        proxy.add({
          probability: failing,
          fault: { type: 'answer', status: 503 },
        });
        cutting = setInterval(() => proxy.cutWatches(), cutEveryMs);
      }
      const writes = proxy.writes.length;
      const start = performance.now();
      const reached = watch.reaches(population.children);
      await inParallel(population.apps, app => people.create(app));
      await reached;
      const seconds = (performance.now() - start) / 1000;
      await quiet(cluster);
      return { seconds, writes: proxy.writes.length - writes };
    });
  } finally {
    clearInterval(cutting);
    await proxy.close();
    rmSync(folder, { recursive: true, force: true });
    await removeApps(cluster.admin, population);
  }
}
