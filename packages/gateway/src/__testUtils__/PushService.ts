import type {
  App,
  Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { ReadRecord } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { FastifyInstance } from 'fastify';
import { join } from 'node:path';
import { createGateway } from '../createGateway';
import { CallRecorder } from '../history';
import { GatewayMetrics } from '../observe';
import type { PushLimits } from '../push';
import { SnapshotStore } from '../snapshots';
import { DirectUpstream } from '../upstream';
import { aGrant, anApp, aTenant } from './objects';
import { startRuntime, type StartedRuntime } from './startRuntime';

const folder = join(import.meta.dirname, '../__fixtures__/push');
const log = { info() {}, warn() {}, error() {} };

/** A gateway that listens, in front of real streams: the app `feed` of the tenant `desk` in `prod`. */
export class PushService {
  /** Grants that are valid. */
  grants: Grant[] = [aGrant()];
  readonly app: App = anApp();
  readonly reads: Omit<ReadRecord, 'at'>[] = [];
  quota?: number;
  /** Address of the app, with a slash at the end. */
  root = '';
  readonly #runtime: StartedRuntime;
  readonly #upstream: DirectUpstream;
  readonly #snapshots = new SnapshotStore({ log });
  #server?: FastifyInstance;
  #port = 0;

  private constructor(started: StartedRuntime) {
    this.#runtime = started;
    this.environment.contract = started.contract;
    this.#upstream = new DirectUpstream({
      timeout: 10_000,
      services: { serviceAddress: () => started },
    });
  }

  static async start(limits?: Partial<PushLimits>): Promise<PushService> {
    const service = new PushService(
      await startRuntime(folder, {
        BAILIWICK_LIMIT_ROWS_PER_SECOND: '1000000',
        BAILIWICK_LIMIT_CONCURRENCY: '50',
      }),
    );
    await service.startGateway(limits);
    return service;
  }

  /** State of the app in `prod`. */
  get environment() {
    return this.app.status!.environments![0];
  }

  /** Address of the functions themselves, with a slash at the end. */
  get runtime(): string {
    const { host, port } = this.#runtime;
    return `http://${host}:${port}/`;
  }

  /** Number of streams that the app has opened. */
  async opened(): Promise<number> {
    const response = await fetch(`${this.runtime}call/opened`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    return ((await response.json()) as { value: number }).value;
  }

  /** Starts a gateway, at the same address as the one before. */
  async startGateway(streams: Partial<PushLimits> = {}): Promise<void> {
    const server = createGateway({
      directory: {
        findAddress: () => undefined,
        findApp: (tenant, name) =>
          tenant === 'desk' && name === 'feed' ? this.app : undefined,
        callsPerMinute: () => this.quota,
        findTenant: () => aTenant(),
        grantsOf: () => this.grants,
        grantsByHash: hash =>
          this.grants.filter(({ spec }) => spec.tokenHash === hash),
      },
      upstream: this.#upstream,
      usage: {
        callsOn: () => 0,
        record() {},
        recordFailure() {},
        recordRead() {},
        recordRows() {},
        recordInUse() {},
        requestPod() {},
        recordCanary() {},
      },
      history: new CallRecorder(),
      reads: { record: it => this.reads.push(it) },
      snapshots: this.#snapshots,
      metrics: new GatewayMetrics(),
      streams,
      missing: () => [],
    });
    const address = await server.listen({
      host: '127.0.0.1',
      port: this.#port,
    });
    this.#port = Number(new URL(address).port);
    this.#server = server;
    this.root = `${address}/v1/desk/prod/feed/`;
  }

  /** Breaks all connections of the gateway, as its death does, and stops it. */
  async killGateway(): Promise<void> {
    this.#server?.server.closeAllConnections();
    await this.#server?.close();
  }

  async stop(): Promise<void> {
    await this.killGateway();
    await this.#snapshots.stop();
    await this.#upstream.close();
    await this.#runtime.stop();
  }
}
