import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { RequestListener } from 'node:http';
import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { ReadRecord } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Tracing } from '@bailiwick/backstage-tracing';
import { createGateway } from '../createGateway';
import { CallRecorder } from '../history';
import { GatewayMetrics } from '../observe';
import type { PushLimits } from '../push';
import { SnapshotStore } from '../snapshots';
import { DirectUpstream } from '../upstream';
import type { CanaryCall, Failure, Read } from '../usage';
import { aGrant, anApp, aTenant, basic, token } from './objects';
import { json, startApp, type StartedApp } from './startApp';

const log = { info() {}, warn() {}, error() {} };

/** Two rows of the function `prices`. */
export const rows = [
  { symbol: 'AAPL', note: 'a "quoted", note', price: 1.5 },
  { symbol: 'IBM', note: null, price: 2 },
];

/** A gateway in front of the app `feed` of the tenant `desk` in prod; each test case starts its own. */
export class TestGateway {
  readonly failures: Failure[] = [];
  readonly answered: Read[] = [];
  readonly used: Grant[] = [];
  /** Grants whose calls requested a pod. */
  readonly requested: Grant[] = [];
  /** Calls of apps with a canary. */
  readonly compared: CanaryCall[] = [];
  readonly reads: Omit<ReadRecord, 'at'>[] = [];
  metrics = new GatewayMetrics();
  history = new CallRecorder();
  app?: StartedApp;
  /** Pods of the app's canary. */
  canary?: StartedApp;
  #server?: FastifyInstance;
  #upstream?: DirectUpstream;
  #snapshots?: SnapshotStore;

  async serve({
    respond = json({ rows, count: 2 }),
    respondAsCanary = undefined as RequestListener | undefined,
    grant = aGrant(),
    grants = undefined as Grant[] | undefined,
    logger = undefined as FastifyBaseLogger | undefined,
    served = anApp(),
    missing = [] as string[],
    timeout = 2_000,
    quota = undefined as number | undefined,
    failedLogins = undefined as number | undefined,
    trustedProxies = undefined as string[] | undefined,
    drainTimeout = undefined as number | undefined,
    requestTimeout = undefined as number | undefined,
    streams = undefined as Partial<PushLimits> | undefined,
    tracing = undefined as Tracing | undefined,
  } = {}): Promise<FastifyInstance> {
    const started = await startApp(respond);
    this.canary = respondAsCanary && (await startApp(respondAsCanary));
    const services: Record<string, StartedApp | undefined> = {
      'desk--prod/feed': started,
      'desk--prod/feed--canary': this.canary,
    };
    this.#upstream = new DirectUpstream({
      timeout,
      services: {
        serviceAddress: (name, namespace) => services[`${namespace}/${name}`],
      },
    });
    this.app = started;
    this.metrics = new GatewayMetrics();
    this.history = new CallRecorder();
    this.#snapshots = new SnapshotStore({ log });
    this.#server = createGateway({
      logger,
      failedLogins,
      trustedProxies,
      drainTimeout,
      requestTimeout,
      streams,
      tracing,
      directory: {
        findApp: (tenant, name) =>
          tenant === 'desk' && name === 'feed' ? served : undefined,
        findAddress: host =>
          served.status?.environments?.some(
            ({ address }) => URL.parse(address?.url ?? '')?.hostname === host,
          )
            ? { tenant: 'desk', environment: 'prod', app: 'feed' }
            : undefined,
        callsPerMinute: () => quota,
        findTenant: () => aTenant(),
        grantsByHash: hash =>
          hash === grant.spec.tokenHash ? grants ?? [grant] : [],
        grantsOf: tenant => (tenant === 'desk' ? grants ?? [grant] : []),
      },
      upstream: this.#upstream,
      usage: {
        callsOn: () => this.used.length,
        record: it => this.used.push(it),
        recordFailure: (_, failure) => this.failures.push(failure),
        recordRead: (_, read) => this.answered.push(read),
        recordRows() {},
        recordInUse() {},
        requestPod: it => this.requested.push(it),
        recordCanary: (_, call) => this.compared.push(call),
      },
      history: this.history,
      reads: { record: it => this.reads.push(it) },
      snapshots: this.#snapshots,
      metrics: this.metrics,
      missing: () => missing,
    });
    return this.#server;
  }

  get(path: string, headers: Record<string, string> = {}) {
    return this.#server!.inject({
      url: `/v1/desk/prod/feed/${path}`,
      headers: { authorization: basic(token), ...headers },
    });
  }

  /** Starts to listen and returns the address, for tests that need real connections. */
  listen(): Promise<string> {
    return this.#server!.listen({ host: '127.0.0.1', port: 0 });
  }

  async stop(): Promise<void> {
    this.failures.length = 0;
    this.answered.length = 0;
    this.used.length = 0;
    this.reads.length = 0;
    this.compared.length = 0;
    await this.#server?.close();
    await this.#upstream?.close();
    await this.#snapshots?.stop();
    await this.app?.stop();
    await this.canary?.stop();
  }
}
