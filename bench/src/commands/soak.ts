import { setTimeout as pause } from 'node:timers/promises';
import { create, Editor, withSubject, type Subject } from '../measure';
import { length } from '../durations';
import { ours } from '../operators';
import { rounded, slope } from '../statistics';
import { benchOptions } from './benchOptions';
import { withPopulation } from './prepare';

/** Share of the time that counts as warm-up. */
const warmUp = 1 / 3;
const sampleMs = length(10_000, 1000);
/** Milliseconds after which the API server notices that a client disconnected. */
const closingMs = 2000;
/** Edits a second meanwhile. */
const perSecond = 5;

interface Sample {
  minutes: number;
  residentMB: number;
  /** Heap used by V8, in MB; falls with each garbage collection. */
  heapMB: number;
  handles: number;
}

/** Minutes of which the least of the heap counts, the moment after a large collection. */
const collectedWithin = 5;

/** `soak`: measures memory growth and open streams during a long time with edits. */
export async function soak(args: string[]): Promise<object> {
  const options = benchOptions(args, { minutes: 30, apps: 200, tenants: 20 });
  return withPopulation(options, async ground => {
    return withSubject(ground, await ours('app'), async subject => {
      await create(subject);
      const samples = await watchFor(subject, options.minutes);
      const late = samples.filter(
        ({ minutes }) => minutes >= options.minutes * warmUp,
      );
      const [first, last] = [late[0], late.at(-1)!];
      return {
        minutes: options.minutes,
        apps: options.apps,
        edits: Math.round(options.minutes * 60 * perSecond),
        residentMB: last.residentMB,
        slopeMBPerHour: rounded(
          slope(late.map(one => [one.minutes / 60, one.residentMB])),
        ),
        heapSlopeMBPerHour: rounded(
          slope(lows(late).map(one => [one.minutes / 60, one.heapMB])),
        ),
        handles: last.handles,
        handleGrowth: last.handles - first.handles,
        streamsPerKind: await streamsOf(subject),
      };
    });
  });
}

async function watchFor(subject: Subject, minutes: number): Promise<Sample[]> {
  const { population, process, say } = subject;
  const samples: Sample[] = [];
  const start = performance.now();
  const passed = () => (performance.now() - start) / 60_000;
  const sampling = (async () => {
    while (passed() < minutes) {
      samples.push({
        minutes: passed(),
        residentMB: rounded(process.residentBytes / 1e6),
        heapMB: rounded((await process.heapBytes()) / 1e6),
        handles: process.handles,
      });
      await pause(sampleMs);
    }
  })();
  const edits = await new Editor(subject).atRate(population.editable, {
    perSecond,
    seconds: minutes * 60,
  });
  say(`  edits: p50 ${rounded(edits.p50)} p99 ${rounded(edits.p99)} ms`);
  await sampling;
  return samples;
}

/** The sample with the least heap of each few minutes. */
function lows(samples: Sample[]): Sample[] {
  const least = new Map<number, Sample>();
  for (const sample of samples) {
    const part = Math.floor(sample.minutes / collectedWithin);
    const lowest = least.get(part);
    if (!lowest || sample.heapMB < lowest.heapMB) least.set(part, sample);
  }
  return [...least.values()];
}

/** Returns the open watches of the operator by kind: those that disappear when it ends. */
async function streamsOf({
  cluster,
  process,
}: Subject): Promise<Record<string, number>> {
  const { calls } = cluster;
  const before = await calls.openWatches();
  await process.kill();
  await pause(closingMs);
  const after = await calls.openWatches();
  const own = [...before]
    .map(([kind, count]) => [kind, count - (after.get(kind) ?? 0)] as const)
    .filter(([, count]) => count > 0);
  return Object.fromEntries(own);
}
