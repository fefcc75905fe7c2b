import { setTimeout as pause } from 'node:timers/promises';
import type { BenchApp } from '../scenario';
import { percentile } from '../statistics';
import { StarvedError } from './StarvedError';
import type { Subject } from './Subject';

/** Pod counts that edits request in turn; an app begins with one pod. */
const sizes = [2, 3, 1];

/** Times from an edit to the changed child, in milliseconds. */
export interface Latency {
  p50: number;
  p99: number;
  /** The same without the time that the API server took for the edit itself. */
  p99SinceCommit: number;
  count: number;
}

/** One edit, milliseconds until the child followed. */
interface Edit {
  sinceAsked: number;
  sinceCommit: number;
}

/** Edits apps, with at most one edit per app at a time, because two could not be distinguished. */
export class Editor {
  readonly #subject: Pick<Subject, 'people' | 'watch'>;
  readonly #podCounts: readonly number[];
  readonly #turns = new Map<BenchApp, number>();
  readonly #underWay = new Set<BenchApp>();

  /** @param podCounts - numbers of pods that edits ask for in turn; no app may have the first one already */
  constructor(
    subject: Pick<Subject, 'people' | 'watch'>,
    podCounts: readonly number[] = sizes,
  ) {
    this.#subject = subject;
    this.#podCounts = podCounts;
  }

  /** Edits an app and waits until its Deployment was seen to follow. */
  async edit(app: BenchApp): Promise<Edit> {
    const turn = this.#turns.get(app) ?? 0;
    this.#turns.set(app, turn + 1);
    this.#underWay.add(app);
    const seen = this.#subject.watch.edited(app);
    const start = performance.now();
    await this.#subject.people.scale(
      app,
      this.#podCounts[turn % this.#podCounts.length],
    );
    const committed = performance.now();
    const end = await seen;
    this.#underWay.delete(app);
    return {
      sinceAsked: end - start,
      // It may be seen before the answer to the edit.
      sinceCommit: Math.max(0, end - committed),
    };
  }

  /** Edits app after app, each when the one before is done. */
  async oneByOne(apps: BenchApp[], count: number): Promise<Latency> {
    const times: Edit[] = [];
    for (let i = 0; i < count; i++)
      times.push(await this.edit(apps[i % apps.length]));
    return latencyOf(times);
  }

  /** Edits apps at a rate, whether or not the edits of other apps are done. */
  async atRate(
    apps: BenchApp[],
    { perSecond, seconds }: { perSecond: number; seconds: number },
  ): Promise<Latency> {
    const edits: Promise<Edit>[] = [];
    const line = [...apps];
    const start = performance.now();
    for (let i = 0; i < perSecond * seconds; i++) {
      const due = start + (i * 1000) / perSecond;
      await pause(Math.max(0, due - performance.now()));
      const next = line.findIndex(app => !this.#underWay.has(app));
      if (next < 0) {
        // Nobody waits for the others any more.
        Promise.allSettled(edits);
        throw new StarvedError(
          'Edits come faster than they are carried out, and no app is left: make more of them',
        );
      }
      const [app] = line.splice(next, 1);
      line.push(app);
      edits.push(this.edit(app));
    }
    return latencyOf(await Promise.all(edits));
  }
}

function latencyOf(edits: Edit[]): Latency {
  const times = edits.map(({ sinceAsked }) => sinceAsked);
  return {
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    p99SinceCommit: percentile(
      edits.map(({ sinceCommit }) => sinceCommit),
      0.99,
    ),
    count: edits.length,
  };
}
