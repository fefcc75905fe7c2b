import type { AttachedCluster } from '@bailiwick/backstage-local-cluster';
import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { EtcdData } from './EtcdData';

/** A running control plane with its data folder. */
export interface ControlPlane {
  cluster: AttachedCluster;
  dataDir: string;
}

/** One that waits for whoever wants such a one next. */
interface Idle extends ControlPlane {
  kind: object;
  data: EtcdData;
}

/** Each takes some 400 MB. */
const mostIdle = 2;

/**
 * Control planes that go from one user to the next in the same process, rewound to what the first one found:
 * starting one takes five seconds of processor time, rewinding it a few milliseconds.
 */
export class ControlPlanes {
  /** The one that waits longest comes first. */
  readonly #idle: Idle[] = [];
  readonly #data = new Map<ControlPlane, EtcdData>();
  readonly #name: string;
  /** Whether the end of this process ends them. */
  #isWatched = false;

  /** @param name - of the clusters, as in their paths */
  constructor(name: string) {
    this.#name = name;
  }

  /** Gives a control plane of a kind; starts one when none waits. */
  async take(
    kind: object,
    start: () => Promise<ControlPlane>,
  ): Promise<ControlPlane> {
    const index = this.#idle.findIndex(each =>
      isDeepStrictEqual(each.kind, kind),
    );
    if (index < 0) return this.#begin(start);
    const [{ data, ...plane }] = this.#idle.splice(index, 1);
    // Controllers that were in the middle of something have ended it by now.
    if (!(await data.rewind())) {
      await end(plane);
      return this.take(kind, start);
    }
    this.#data.set(plane, data);
    return plane;
  }

  async #begin(start: () => Promise<ControlPlane>): Promise<ControlPlane> {
    if (!this.#isWatched) {
      this.#isWatched = true;
      process.once('exit', () => this.#abandon());
      // So does Jest end its workers.
      process.once('SIGTERM', () => process.exit());
    }
    const plane = await start();
    const data = await EtcdData.remember(plane.dataDir, this.#name);
    this.#data.set(plane, data);
    return plane;
  }

  /** Takes back what {@link take} gave; it ends when nobody could go on with it. */
  async giveBack(kind: object, plane: ControlPlane): Promise<void> {
    const data = this.#data.get(plane)!;
    this.#data.delete(plane);
    if (!(await data.rewind())) {
      await end(plane);
      return;
    }
    this.#idle.push({ ...plane, kind, data });
    if (this.#idle.length > mostIdle) await end(this.#idle.shift()!);
  }

  /** Ends those that wait, at once: their supervisors would outlive this process for a moment, and write. */
  #abandon(): void {
    for (const { cluster, dataDir } of this.#idle) {
      try {
        process.kill(cluster.state.supervisorPid, 'SIGKILL');
      } catch {
        // It has ended.
      }
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

/** Ends a control plane and removes everything it kept. */
export async function end({ cluster, dataDir }: ControlPlane): Promise<void> {
  await cluster.stop();
  await rm(dataDir, { recursive: true, force: true });
}
