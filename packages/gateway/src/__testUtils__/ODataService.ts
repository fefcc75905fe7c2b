import type {
  App,
  Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { ReadRecord } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { FastifyInstance } from 'fastify';
import { join } from 'node:path';
import type { Tracing } from '@bailiwick/backstage-tracing';
import { createGateway } from '../createGateway';
import { CallRecorder } from '../history';
import type { AccessTokens } from '../login';
import { GatewayMetrics } from '../observe';
import { SnapshotStore } from '../snapshots';
import { DirectUpstream } from '../upstream';
import type { Failure } from '../usage';
import { aGrant, anApp, aTenant, basic, token } from './objects';
import { startRuntime, type StartedRuntime } from './startRuntime';

const log = { info() {}, warn() {}, error() {} };

/** Options of a gateway and of its snapshots, which are never fresh by default. */
type ReplicaOptions = Partial<
  ConstructorParameters<typeof SnapshotStore>[0]
> & {
  tracing?: Tracing;
};

/** A gateway that listens, in front of real functions: the app `feed` of the tenant `desk` in `prod`. */
export class ODataService {
  readonly reads: Omit<ReadRecord, 'at'>[] = [];
  readonly failures: Failure[] = [];
  readonly used: Grant[] = [];
  grant: Grant = aGrant();
  app: App;
  /** Grants with other tokens. */
  readonly others: Grant[] = [];
  quota?: number;
  /** Verifies access tokens, on replicas that start later. */
  accessTokens?: AccessTokens;
  /** Public address, as behind a proxy. */
  publicUrl?: string;
  /** Root of the service, with a slash at the end. */
  root = '';
  readonly #runtime: StartedRuntime;
  readonly #upstream: DirectUpstream;
  readonly #closing: FastifyInstance[] = [];
  readonly #stores: SnapshotStore[] = [];

  private constructor(started: StartedRuntime) {
    this.#runtime = started;
    this.app = anApp({});
    this.app.status!.environments![0].contract = started.contract;
    this.#upstream = new DirectUpstream({
      timeout: 60_000,
      services: { serviceAddress: () => started },
    });
  }

  /** @param folder - folder of the functions */
  static async start(
    folder = join(import.meta.dirname, '../__fixtures__/tables'),
    options: ReplicaOptions = {},
  ): Promise<ODataService> {
    const service = new ODataService(await startRuntime(folder));
    service.root = await service.startReplica(options);
    return service;
  }

  /** Address of the functions themselves. */
  get runtime(): string {
    const { host, port } = this.#runtime;
    return `http://${host}:${port}/`;
  }

  /** Starts another gateway of the same service, with snapshots of its own; returns its root. */
  async startReplica({
    tracing,
    ...options
  }: ReplicaOptions = {}): Promise<string> {
    const snapshots = new SnapshotStore({ log, freshFor: 0, ...options });
    const server = createGateway({
      directory: {
        findAddress: () => undefined,
        findApp: (tenant, name) =>
          tenant === 'desk' && name === 'feed' ? this.app : undefined,
        callsPerMinute: () => this.quota,
        findTenant: () => aTenant(),
        grantsByHash: hash =>
          hash === this.grant.spec.tokenHash ? [this.grant] : [],
        grantsOf: tenant =>
          tenant === 'desk' ? [this.grant, ...this.others] : [],
      },
      upstream: this.#upstream,
      usage: {
        callsOn: () => this.used.length,
        record: it => this.used.push(it),
        recordFailure: (_, failure) => this.failures.push(failure),
        recordRead() {},
        recordRows() {},
        recordInUse() {},
        requestPod() {},
        recordCanary() {},
      },
      history: new CallRecorder(),
      reads: { record: it => this.reads.push(it) },
      snapshots,
      metrics: new GatewayMetrics(),
      missing: () => [],
      publicUrl: this.publicUrl,
      accessTokens: this.accessTokens,
      tracing,
    });
    this.#stores.push(snapshots);
    this.#closing.push(server);
    const address = await server.listen({ host: '127.0.0.1', port: 0 });
    return `${address}/odata/v1/desk/prod/feed/`;
  }

  /** Sends a request with the token of the grant; the path is below the root, or an absolute link. Reads all of the body. */
  async fetch(
    path: string,
    headers: Record<string, string> = {},
    method = 'GET',
  ): Promise<Response> {
    const url = path.startsWith('http') ? path : this.root + path;
    const response = await fetch(url, {
      method,
      headers: { authorization: basic(token), ...headers },
    });
    const body = await response.arrayBuffer();
    return new Response(body.byteLength > 0 ? body : null, response);
  }

  /** Returns the JSON of a response, of whatever status. */
  async json(path: string, headers?: Record<string, string>): Promise<any> {
    return (await this.fetch(path, headers)).json();
  }

  /** Returns the rows of all pages. */
  async rows(
    path: string,
    headers?: Record<string, string>,
  ): Promise<Record<string, unknown>[]> {
    const rows = [];
    let next: string | undefined = path;
    while (next !== undefined) {
      const page: any = await this.json(next, headers);
      if (page.error) throw new Error(JSON.stringify(page.error));
      rows.push(...page.value);
      next = page['@odata.nextLink'];
    }
    return rows;
  }

  async stop(): Promise<void> {
    for (const server of this.#closing) await server.close();
    for (const store of this.#stores) await store.stop();
    await this.#upstream.close();
    await this.#runtime.stop();
  }
}
