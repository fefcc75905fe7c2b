import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import {
  tenantOfHome,
  type App,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  findArchetype,
  newestPacks,
  platformGroup,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { EntityCache, toRecord, type EntityRecord } from './delta/EntityCache';
import { digestsOf, mutationFor, type SentDigests } from './delta/mutationFor';
import { buildAppEntities } from './entities/buildAppEntities';
import { buildClusterEntity } from './entities/buildClusterEntity';
import { buildPackEntities } from './entities/buildPackEntities';
import { buildTenantEntities } from './entities/buildTenantEntities';
import { buildTenantTemplate } from './entities/buildTenantTemplate';
import { clustersOf, packDependencies } from './entities/dependencies';

const debounceMs = 100;
const retryMs = 10_000;
/** Restores entities that someone deleted from the catalog. */
const resyncMs = 9 * 60_000;

/**
 * Provides the catalog with tenants, apps, packs, plans and clusters. Changes of the watched lists are sent as
 * deltas, and all entities at least every 10 minutes. Nothing is sent before the cluster is reachable, so a
 * restart removes nothing.
 */
export class BailiwickEntityProvider implements EntityProvider {
  readonly #kubernetes: KubernetesService;
  readonly #logger: LoggerService;
  readonly #gatewayUrl?: string;
  readonly #platformGroup: string;
  #connection?: EntityProviderConnection;
  #pending?: NodeJS.Timeout;
  readonly #cache = new EntityCache();
  #sent?: SentDigests;

  constructor(options: {
    kubernetes: KubernetesService;
    logger: LoggerService;
    /** Address under which people read the results of apps; absent without a gateway. */
    gatewayUrl?: string;
    /** Entity reference of the portal's platform group. */
    platformGroup?: string;
  }) {
    this.#kubernetes = options.kubernetes;
    this.#logger = options.logger;
    this.#gatewayUrl = options.gatewayUrl;
    this.#platformGroup = options.platformGroup ?? platformGroup;
  }

  getProviderName(): string {
    return 'bailiwick';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    const { apps, clusters, packs, plans, tenants } = this.#kubernetes.lists;
    const schedule = () => this.#schedule();
    this.#kubernetes.onProgress(schedule);
    for (const list of [apps, clusters, packs, plans, tenants])
      list.subscribe(schedule);
    setInterval(() => {
      this.#sent = undefined;
      schedule();
    }, resyncMs).unref();
    schedule();
  }

  #schedule(wait = debounceMs): void {
    this.#pending ??= setTimeout(() => {
      this.#pending = undefined;
      this.#refresh().catch(error => {
        this.#logger.error('The catalog update failed', error);
        this.#schedule(retryMs);
      });
    }, wait).unref();
  }

  async #refresh(): Promise<void> {
    if (!this.#kubernetes.progress().ready) return;
    const entities = this.#toRecord();
    const mutation = mutationFor(this.#sent, entities);
    if (!mutation) return;
    await this.#connection?.applyMutation(mutation);
    this.#sent = digestsOf(entities);
  }

  /** Returns the records of all entities. */
  #toRecord(): EntityRecord[] {
    const { apps, clusters, packs, plans, tenants } = this.#kubernetes.lists;
    const newest = newestPacks(packs.list());
    const byName = new Map(newest.map(pack => [pack.metadata.name, pack]));
    const names = new Set(clusters.list().map(({ metadata }) => metadata.name));
    return [
      ...this.#owned(buildTenantTemplate(plans.list(), newest)).map(toRecord),
      ...newest.flatMap(pack =>
        this.#cache.of(pack, [], () => this.#owned(buildPackEntities(pack))),
      ),
      ...clusters
        .list()
        .flatMap(cluster =>
          this.#cache.of(cluster, [], () =>
            this.#owned([buildClusterEntity(cluster)]),
          ),
        ),
      ...tenants
        .list()
        .flatMap(tenant =>
          this.#cache.of(tenant, [], () =>
            this.#owned(buildTenantEntities(tenant)),
          ),
        ),
      ...apps.list().flatMap(app => this.#appRecords(app, byName, names)),
    ];
  }

  #appRecords(
    app: App,
    newestPack: ReadonlyMap<string, DomainPack>,
    clusterNames: ReadonlySet<string>,
  ): EntityRecord[] {
    const { packs, tenants } = this.#kubernetes.lists;
    const { archetype, pack } = findArchetype(packs, app.spec.archetype);
    const newest = newestPack.get(app.spec.archetype.pack);
    const tenant = tenants.get(
      tenantOfHome(app.metadata.namespace ?? '') ?? '',
    );
    const clusters = clustersOf(app, tenant, clusterNames);
    return this.#cache.of(app, [archetype, newest, clusters.join()], () =>
      this.#owned(
        buildAppEntities(app, {
          gatewayUrl: this.#gatewayUrl,
          shape: archetype?.shape,
          clusters,
          dependsOn:
            pack && archetype && newest
              ? packDependencies(pack, archetype, newest)
              : [],
        }),
      ),
    );
  }

  /** Returns entities with the portal's platform group as the owner instead of Bailiwick's. */
  #owned(entities: Entity[]): Entity[] {
    if (this.#platformGroup === platformGroup) return entities;
    return entities.map(entity =>
      entity.spec?.owner === platformGroup
        ? { ...entity, spec: { ...entity.spec, owner: this.#platformGroup } }
        : entity,
    );
  }
}
