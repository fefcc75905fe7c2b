import { setTimeout as pause } from 'node:timers/promises';
import { length } from '../durations';
import { Noise } from '../noise';
import { Editor, type Latency } from './edit';
import type { Subject } from './Subject';

/** Long enough for the slowest hundredth to be some edits and not one. */
const seconds = length(60, 1);
/** Edits a second in the other tenants; a smoke test has few apps, and its machine has other work. */
const ordinary = { perSecond: length(5, 2), seconds };
/** Milliseconds in which the noise becomes loud. */
const swelling = length(3000, 500);

/** Effect of one tenant's load on the others. */
export interface Disturbance {
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
export async function noisyTenant(subject: Subject): Promise<Disturbance> {
  const { cluster, population } = subject;
  const [loud] = population.tenants;
  const others = population.editable.filter(({ tenant }) => tenant !== loud);
  const apps = population.apps.filter(({ tenant }) => tenant === loud);
  const editor = new Editor(subject);
  const quiet = await editor.atRate(others, ordinary);
  const noise = Noise.start({ kubeconfig: cluster.adminKubeconfig, apps });
  try {
    await pause(swelling);
    const noisy = await editor.atRate(others, ordinary);
    return { quiet, noisy, perSecond: await noise.stop() };
  } finally {
    // Why it broke off matters only where nothing else went wrong.
    await noise.stop().catch(() => {});
  }
}
