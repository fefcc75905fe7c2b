import { randomBytes } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { collectGarbage, inspected } from './Inspector';
import { cpuSecondsOf, memoryOf } from '../processFigures';

const root = join(import.meta.dirname, '../../..');
const portBase = 17_407;
const readySeconds = 120;
/** Characters of the log that are kept for the message of a program that ended. */
const keptLog = 4000;

/** The portal as `npm start` runs it, with its demo sign-in, in a data folder of its own. */
export class PortalProcess {
  readonly address = `http://localhost:${portBase}`;
  readonly #directory = mkdtempSync(join(tmpdir(), 'bench-fleet-'));
  readonly #children: ChildProcess[] = [];
  #log = '';

  /** Starts it; fulfilled when it answers. @throws Error with the end of the log */
  static async start(kubeconfig: string): Promise<PortalProcess> {
    const portal = new PortalProcess();
    const env = portal.#environment(kubeconfig);
    portal.#spawn('packages/demo-identity/src/main.ts', env, [
      '--port',
      String(portBase + 2),
      '--redirect-uri',
      `${portal.address}/api/auth/oidc/handler/frame`,
    ]);
    portal.#spawn(
      'packages/backend/src/index.ts',
      env,
      ['--config', 'backstage.app-config.yaml'],
      [inspected],
    );
    try {
      await portal.#ready();
    } catch (error) {
      await portal.stop();
      throw error;
    }
    return portal;
  }

  /** Resident memory of the backend, bytes. */
  get residentBytes(): number {
    return memoryOf(this.#pid, 'VmRSS');
  }

  /** Resident memory of the backend once it let go of all that it does not need, bytes. */
  async leanBytes(): Promise<number> {
    await collectGarbage();
    return this.residentBytes;
  }

  /** Seconds of CPU that the backend used so far. */
  get cpuSeconds(): number {
    return cpuSecondsOf(this.#pid);
  }

  /**
   * Waits until the backend computes next to nothing, such as after it has read everything.
   *
   * @throws Error when it is still busy after five minutes
   */
  async quiet(): Promise<void> {
    const windowMs = 5_000;
    const end = performance.now() + 300_000;
    while (performance.now() < end) {
      const before = this.cpuSeconds;
      await pause(windowMs);
      if (this.cpuSeconds - before < 0.05 * (windowMs / 1000)) return;
    }
    throw new Error('The portal is busy after five minutes of rest');
  }

  /** Stops the program and deletes its data. */
  async stop(): Promise<void> {
    for (const child of this.#children) {
      const ended = once(child, 'close');
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.#directory, { recursive: true, force: true });
  }

  get #pid(): number {
    return this.#children[1].pid ?? 0;
  }

  #spawn(
    program: string,
    env: NodeJS.ProcessEnv,
    args: string[],
    options: string[] = [],
  ): void {
    const child = spawn(
      process.execPath,
      [
        ...options,
        '--import',
        join(root, 'scripts/typescript.mjs'),
        join(root, program),
        ...args,
      ],
      { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', text => {
        this.#log = (this.#log + text).slice(-keptLog);
      });
    this.#children.push(child);
  }

  #environment(kubeconfig: string): NodeJS.ProcessEnv {
    return {
      ...process.env,
      LOG_LEVEL: 'warn',
      MALLOC_ARENA_MAX: '2',
      BAILIWICK_ROOT: root,
      BAILIWICK_DATA_DIR: this.#directory,
      BAILIWICK_PORTAL_URL: this.address,
      BAILIWICK_PORTAL_PORT: String(portBase),
      BAILIWICK_GATEWAY_URL: `http://localhost:${portBase + 1}`,
      BAILIWICK_IDENTITY_URL: `http://localhost:${portBase + 2}`,
      BAILIWICK_BACKEND_SECRET: randomBytes(32).toString('base64'),
      BAILIWICK_OIDC_CLIENT_ID: 'bailiwick-portal',
      BAILIWICK_OIDC_CLIENT_SECRET: randomBytes(32).toString('hex'),
      BAILIWICK_PORTAL_KUBECONFIG: kubeconfig,
      BAILIWICK_CLUSTER_STATE: join(this.#directory, 'none.json'),
    };
  }

  async #ready(): Promise<void> {
    const end = performance.now() + readySeconds * 1000;
    while (performance.now() < end) {
      if (this.#children.some(({ exitCode }) => exitCode !== null)) break;
      const answer = await fetch(
        `${this.address}/.backstage/health/v1/readiness`,
      ).catch(() => undefined);
      if (answer?.ok) return;
      await pause(250);
    }
    throw new Error(`The portal did not start:\n${this.#log}`);
  }
}
