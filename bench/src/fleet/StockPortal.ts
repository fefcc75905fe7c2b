import { randomBytes } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const root = join(import.meta.dirname, '../../..');
const port = 17_417;
const readySeconds = 60;
/** Characters of the log that are kept for the message of a program that ended. */
const keptLog = 4000;

/** Access of a portal without our plugins to a cluster. */
export interface StockAccess {
  name: string;
  server: string;
  /** Of a service account that may view everything. */
  token: string;
}

/** A Backstage backend with the Kubernetes plugin as it comes, and nothing of ours. */
export class StockPortal {
  readonly address = `http://localhost:${port}`;
  /** `Authorization` header of its calls. */
  readonly authorization: string;
  readonly #directory = mkdtempSync(join(tmpdir(), 'bench-stock-'));
  readonly #child: ChildProcess;
  #log = '';

  /** Starts it; fulfilled when it answers. @throws Error with the end of the log */
  static async start(access: StockAccess[]): Promise<StockPortal> {
    const portal = new StockPortal(access);
    try {
      await portal.#ready();
      return portal;
    } catch (error) {
      await portal.stop();
      throw error;
    }
  }

  private constructor(access: StockAccess[]) {
    const token = randomBytes(24).toString('hex');
    this.authorization = `Bearer ${token}`;
    const config = join(this.#directory, 'app-config.json');
    writeFileSync(config, JSON.stringify(this.#config(access, token)));
    this.#child = spawn(
      process.execPath,
      [
        ...['--import', join(root, 'scripts/typescript.mjs')],
        join(import.meta.dirname, 'stockBackend.ts'),
        ...['--config', config],
      ],
      {
        cwd: root,
        env: { ...process.env, LOG_LEVEL: 'warn', NODE_ENV: 'production' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    for (const stream of [this.#child.stdout!, this.#child.stderr!])
      stream.on('data', text => {
        this.#log = (this.#log + text).slice(-keptLog);
      });
  }

  /** Stops the program and deletes its data. */
  async stop(): Promise<void> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode === null && signalCode === null) {
      const ended = once(this.#child, 'close');
      this.#child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #config(clusters: StockAccess[], callers: string): object {
    return {
      app: { baseUrl: this.address },
      backend: {
        baseUrl: this.address,
        listen: { host: '127.0.0.1', port },
        database: { client: 'better-sqlite3', connection: ':memory:' },
        auth: {
          externalAccess: [
            { type: 'static', options: { token: callers, subject: 'bench' } },
          ],
        },
      },
      kubernetes: {
        serviceLocatorMethod: { type: 'multiTenant' },
        clusterLocatorMethods: [
          {
            type: 'config',
            clusters: clusters.map(({ name, server, token }) => ({
              name,
              url: server,
              authProvider: 'serviceAccount',
              serviceAccountToken: token,
              skipTLSVerify: true,
              skipMetricsLookup: true,
            })),
          },
        ],
      },
    };
  }

  async #ready(): Promise<void> {
    const end = performance.now() + readySeconds * 1000;
    while (performance.now() < end && this.#child.exitCode === null) {
      const answer = await fetch(
        `${this.address}/.backstage/health/v1/readiness`,
      ).catch(() => undefined);
      if (answer?.ok) return;
      await pause(250);
    }
    throw new Error(`The portal without us did not start:\n${this.#log}`);
  }
}
