import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import {
  buildAppEntities,
  buildPackEntities,
  buildTenantEntities,
  buildTenantTemplate,
} from './entities';

const quietMs = 100;
const retryMs = 10_000;
/** Brings back what somebody has deleted from the catalog. */
const againMs = 9 * 60_000;

/**
 * Replaces the catalog's entities of tenants, apps, packs and plans shortly after each change of the
 * watched lists, and at least every 10 minutes. Nothing is told before the cluster answers, so a
 * restart removes nothing.
 */
export class BailiwickEntityProvider implements EntityProvider {
  readonly #kubernetes: KubernetesService;
  readonly #logger: LoggerService;
  readonly #gatewayUrl: string;
  #connection?: EntityProviderConnection;
  #pending?: NodeJS.Timeout;
  #told = '';

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
    const { apps, packs, plans, tenants } = this.#kubernetes.lists;
    const schedule = () => this.#schedule();
    this.#kubernetes.onProgress(schedule);
    apps.subscribe(schedule);
    packs.subscribe(schedule);
    plans.subscribe(schedule);
    tenants.subscribe(schedule);
    setInterval(() => {
      this.#told = '';
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
    const { apps, packs, plans, tenants } = this.#kubernetes.lists;
    const entities = [
      ...buildTenantTemplate(plans.list(), packs.list()),
      ...packs.list().flatMap(buildPackEntities),
      ...tenants.list().flatMap(buildTenantEntities),
      ...apps.list().flatMap(app => buildAppEntities(app, this.#gatewayUrl)),
    ];
    const text = JSON.stringify(entities);
    if (text === this.#told) return;
    await this.#connection?.applyMutation({
      type: 'full',
      entities: entities.map(entity => ({ entity, locationKey: 'bailiwick' })),
    });
    this.#told = text;
  }
}
