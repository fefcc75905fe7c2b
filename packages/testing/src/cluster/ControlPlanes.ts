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

/** A control plane that later test files can reuse. */
export interface ReusableControlPlane extends ControlPlane {
  kind: object;
  /** The data of its start. */
  data: EtcdData;
}

/**
 * Maximum number of idle ones. Each takes some 400 MB, and up to 12 of the 128 inotify instances that Linux allows per
 * user.
 */
const maxIdle = 1;

/**
 * Reuses control planes within this process. Starting one takes five seconds of processor time; rewinding one to its
 * initial data takes a few milliseconds.
 */
export class ControlPlanes {
  /** Least recently used first. */
  readonly #idle: ReusableControlPlane[] = [];
  readonly #name: string;
  /** Whether idle control planes end with this process. */
  #isWatched = false;

  /** @param name - of the clusters, as in their paths */
  constructor(name: string) {
    this.#name = name;
  }

  /** Returns an idle control plane of a kind, or starts one. */
  async take(
    kind: object,
    start: () => Promise<ControlPlane>,
  ): Promise<ReusableControlPlane> {
    const index = this.#idle.findIndex(each =>
      isDeepStrictEqual(each.kind, kind),
    );
    if (index < 0) return this.#begin(kind, start);
    const [plane] = this.#idle.splice(index, 1);
    // Controllers may have written since the plane was given back.
    if (await tryRewind(plane)) return plane;
    await stopControlPlane(plane);
    return this.take(kind, start);
  }

  /** Keeps a control plane for the next user, or stops it when it cannot be rewound. */
  async giveBack(plane: ReusableControlPlane): Promise<void> {
    if (!(await tryRewind(plane))) {
      await stopControlPlane(plane);
      return;
    }
    this.#idle.push(plane);
    if (this.#idle.length > maxIdle)
      await stopControlPlane(this.#idle.shift()!);
  }

  async #begin(
    kind: object,
    start: () => Promise<ControlPlane>,
  ): Promise<ReusableControlPlane> {
    if (!this.#isWatched) {
      this.#isWatched = true;
      process.once('exit', () => this.#killIdle());
      // Jest stops its workers with this signal.
      process.once('SIGTERM', () => process.exit());
    }
    const plane = await start();
    const data = await EtcdData.remember(plane.dataDir, this.#name);
    return { ...plane, kind, data };
  }

  /** Kills idle control planes: their supervisors would outlive this process and write to the removed folder. */
  #killIdle(): void {
    for (const { cluster, dataDir } of this.#idle) {
      try {
        process.kill(cluster.state.supervisorPid, 'SIGKILL');
      } catch {
        // The supervisor has exited.
      }
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

/** Rewinds a control plane. @returns whether it worked; `false` also when the control plane does not respond any more */
function tryRewind({ data }: ReusableControlPlane): Promise<boolean> {
  return data.rewind().catch(() => false);
}

/** Stops a control plane and removes its data folder. */
export async function stopControlPlane({
  cluster,
  dataDir,
}: ControlPlane): Promise<void> {
  await cluster.stop();
  await rm(dataDir, { recursive: true, force: true });
}
