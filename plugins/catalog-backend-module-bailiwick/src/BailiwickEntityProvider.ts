import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import {
  findArchetype,
  newestPacks,
  tenantOfHome,
  type App,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import {
  buildAppEntities,
  buildClusterEntity,
  buildPackEntities,
  buildTenantEntities,
  buildTenantTemplate,
  clustersOf,
  packDependencies,
} from './entities';
import {
  describe,
  digestsOf,
  mutationFor,
  Remembered,
  type Described,
  type Told,
} from './told';

const quietMs = 100;
const retryMs = 10_000;
/** Brings back what somebody has deleted from the catalog. */
const againMs = 9 * 60_000;

/**
 * Tells the catalog of tenants, apps, packs, plans and clusters shortly after each change of the watched
 * lists: those entities that changed, and at least every 10 minutes all of them. Nothing is told before the
 * cluster answers, so a restart removes nothing.
 */
export class BailiwickEntityProvider implements EntityProvider {
  readonly #kubernetes: KubernetesService;
  readonly #logger: LoggerService;
  readonly #gatewayUrl: string;
  #connection?: EntityProviderConnection;
  #pending?: NodeJS.Timeout;
  readonly #remembered = new Remembered();
  #told?: Told;

  constructor(options: {
    kubernetes: KubernetesService;
    logger: LoggerService;
    gatewayUrl: string;
  }) {
    this.#kubernetes = options.kubernetes;
    this.#logger = options.logger;
    this.#gatewayUrl = options.gatewayUrl;
  }

  getProviderName(): string {
    return 'bailiwick';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    const { apps, clusters, packs, plans, tenants } = this.#kubernetes.lists;
    const schedule = () => this.#schedule();
    this.#kubernetes.onProgress(schedule);
    apps.subscribe(schedule);
    clusters.subscribe(schedule);
    packs.subscribe(schedule);
    plans.subscribe(schedule);
    tenants.subscribe(schedule);
    setInterval(() => {
      this.#told = undefined;
      schedule();
    }, againMs).unref();
    schedule();
  }

  #schedule(wait = quietMs): void {
    this.#pending ??= setTimeout(() => {
      this.#pending = undefined;
      this.#refresh().catch(error => {
        this.#logger.error('The catalog could not be told of a change', error);
        this.#schedule(retryMs);
      });
    }, wait).unref();
  }

  async #refresh(): Promise<void> {
    if (!this.#kubernetes.progress().ready) return;
    const entities = this.#describe();
    const mutation = mutationFor(this.#told, entities);
    if (!mutation) return;
    await this.#connection?.applyMutation(mutation);
    this.#told = digestsOf(entities);
  }

  /** Everything that there is. */
  #describe(): Described[] {
    const { apps, clusters, packs, plans, tenants } = this.#kubernetes.lists;
    const newest = newestPacks(packs.list());
    const byName = new Map(newest.map(pack => [pack.metadata.name, pack]));
    const names = new Set(clusters.list().map(({ metadata }) => metadata.name));
    return [
      ...buildTenantTemplate(plans.list(), newest).map(describe),
      ...newest.flatMap(pack =>
        this.#remembered.of(pack, [], () => buildPackEntities(pack)),
      ),
      ...clusters
        .list()
        .flatMap(cluster =>
          this.#remembered.of(cluster, [], () => [buildClusterEntity(cluster)]),
        ),
      ...tenants
        .list()
        .flatMap(tenant =>
          this.#remembered.of(tenant, [], () => buildTenantEntities(tenant)),
        ),
      ...apps.list().flatMap(app => this.#describeApp(app, byName, names)),
    ];
  }

  #describeApp(
    app: App,
    newestPack: ReadonlyMap<string, DomainPack>,
    clusterNames: ReadonlySet<string>,
  ): Described[] {
    const { packs, tenants } = this.#kubernetes.lists;
    const { archetype, pack } = findArchetype(packs, app.spec.archetype);
    const newest = newestPack.get(app.spec.archetype.pack);
    const tenant = tenants.get(
      tenantOfHome(app.metadata.namespace ?? '') ?? '',
    );
    const clusters = clustersOf(app, tenant, clusterNames);
    return this.#remembered.of(app, [archetype, newest, clusters.join()], () =>
      buildAppEntities(app, {
        gatewayUrl: this.#gatewayUrl,
        shape: archetype?.shape,
        clusters,
        dependsOn:
          pack && archetype && newest
            ? packDependencies(pack, archetype, newest)
            : [],
      }),
    );
  }
}
