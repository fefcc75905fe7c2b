import type { Counters } from '../metrics/readCounters';

/** Usage of a pod from one sample to the next. */
export interface PodChange {
  /** Cores; absent without an earlier sample. */
  cores?: number;
  memory?: number;
}

interface EarlierSample {
  at: number;
  counters: Counters;
}

/** Samples that are older are not compared with. */
const longestGapMs = 15 * 60_000;

/** The newest counters of each pod, to compare the next ones with. */
export class PodUsage {
  readonly #samples = new Map<string, EarlierSample>();

  /**
   * Returns the usage of a pod since its previous sample.
   *
   * @param bornAt - creation time of the pod, if it became ready since the previous sample of the app; absent if
   * its past belongs to an earlier time. Milliseconds since 1970, like `now`
   */
  change(
    uid: string,
    counters: Counters,
    { bornAt, now }: { bornAt?: number; now: number },
  ): PodChange {
    const before = this.#samples.get(uid);
    this.#samples.set(uid, { at: now, counters });
    const { cpu = 0, memory } = counters;
    if (!before || now <= before.at) {
      if (bornAt === undefined) return { memory };
      const age = Math.max(1, (now - bornAt) / 1_000);
      return { memory, cores: cpu / age };
    }
    const { cpu: cpuBefore = 0 } = before.counters;
    // A container that restarted counts from zero.
    const used = cpu >= cpuBefore ? cpu - cpuBefore : cpu;
    return { memory, cores: used / ((now - before.at) / 1_000) };
  }

  /** Forgets pods without a recent sample. */
  prune(now: number): void {
    for (const [uid, { at }] of this.#samples)
      if (now - at > longestGapMs) this.#samples.delete(uid);
  }
}
