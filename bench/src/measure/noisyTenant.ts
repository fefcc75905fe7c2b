import { setTimeout as pause } from 'node:timers/promises';
import type { BenchApp } from '../scenario';
import { Editor, type Latency } from './edit';
import type { Subject } from './Subject';

const wantedPerSecond = 1000;
/** Edits under way at a time. */
const hands = 16;
/** Long enough for the slowest hundredth to be some edits and not one. */
const seconds = 60;
/** Edits a second in the other tenants. */
const ordinary = { perSecond: 5, seconds };

/** What one tenant's noise did to the others. */
export interface Noise {
  quiet: Latency;
  noisy: Latency;
  /** Edits a second that the API server took from the noisy tenant. */
  perSecond: number;
}

/**
 * Measures the edits of ordinary tenants, first alone and then beside one that edits without end.
 *
 * @throws Error when an edit of theirs came to nothing beside the noise, or nearly all wait
 */
export async function noisyTenant(subject: Subject): Promise<Noise> {
  const { population, people } = subject;
  const [loud] = population.tenants;
  const apps = population.editable.filter(({ tenant }) => tenant !== loud);
  const theirs = population.apps.filter(({ tenant }) => tenant === loud);
  const editor = new Editor(subject);
  const quiet = await editor.atRate(apps, ordinary);
  const stop = new AbortController();
  const noise = makeNoise(people, theirs, stop.signal);
  try {
    const noisy = await editor.atRate(apps, ordinary);
    stop.abort();
    return { quiet, noisy, perSecond: await noise };
  } finally {
    stop.abort();
  }
}

async function makeNoise(
  people: Subject['people'],
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
