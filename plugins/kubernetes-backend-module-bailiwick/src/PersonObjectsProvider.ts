import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  ClusterObjects,
  FetchResponse,
  ObjectsByEntityResponse,
} from '@backstage/plugin-kubernetes-common';
import type {
  CustomResourcesByEntity,
  KubernetesObjectsByEntity,
  KubernetesObjectsProvider,
} from '@backstage/plugin-kubernetes-node';
import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  environmentNamespace,
  homeNamespace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { AppAccess } from './AppAccess';
import { byCluster } from './clusters';
import { objectViews, type ObjectView } from './ObjectViews';

/** Watching ends so long after the last look. */
const idleMs = 5 * 60_000;

/** A viewed app, in some of its environments. */
interface Look {
  app: string;
  environments: string[];
  person: Person;
  tenant: string;
}

/**
 * Returns the objects of apps from watches that all readers share. A person sees objects that both the portal's policy
 * (the app) and the API server (each kind in each environment) allow. Other entities are delegated to the plugin's own
 * provider.
 */
export class PersonObjectsProvider implements KubernetesObjectsProvider {
  readonly #access: AppAccess;
  readonly #kubernetes: KubernetesService;
  readonly #idleMs: number;
  readonly #others: KubernetesObjectsProvider;
  /** Views of each cluster by its name; those of the portal's own by an empty one. */
  readonly #views = new Map<string, ObjectView[]>();

  constructor(options: {
    access: AppAccess;
    kubernetes: KubernetesService;
    /** Milliseconds without a look after which watching ends. */
    idleMs?: number;
    /** Provider for the entities that are no apps. */
    others: KubernetesObjectsProvider;
  }) {
    this.#access = options.access;
    this.#kubernetes = options.kubernetes;
    this.#idleMs = options.idleMs ?? idleMs;
    this.#others = options.others;
  }

  async getKubernetesObjectsByEntity(
    query: KubernetesObjectsByEntity,
    options: { credentials: BackstageCredentials },
  ): Promise<ObjectsByEntityResponse> {
    const named = appOf(query);
    if (!named)
      return this.#others.getKubernetesObjectsByEntity(query, options);
    const { name, tenant } = named;
    const app = this.#kubernetes.lists.apps.get(name, homeNamespace(tenant));
    if (!app) return { items: [] };

    const { credentials } = options;
    const person = await this.#access.reader(credentials, { tenant, name });
    const { tenants } = this.#kubernetes.lists;
    const places = byCluster(this.#kubernetes, app, tenants.get(tenant));
    return {
      items: await Promise.all(
        places.map(async ({ cluster, environments, isOwn }) => ({
          cluster,
          podMetrics: [],
          ...(person
            ? await this.#show(
                { app: name, environments, person, tenant },
                this.#viewsOf(isOwn ? '' : cluster.name),
              )
            : { resources: [], errors: [] }),
        })),
      ),
    };
  }

  /** Returns none for apps, which have pages of their own. */
  async getCustomResourcesByEntity(
    query: CustomResourcesByEntity,
    options: { credentials: BackstageCredentials },
  ): Promise<ObjectsByEntityResponse> {
    return appOf(query)
      ? { items: [] }
      : this.#others.getCustomResourcesByEntity(query, options);
  }

  /** Stops all watches. */
  stop(): void {
    for (const views of this.#views.values())
      views.forEach(view => view.stop());
  }

  #viewsOf(cluster: string): ObjectView[] {
    const known = this.#views.get(cluster);
    if (known) return known;
    const views = objectViews(this.#kubernetes, {
      cluster: cluster || undefined,
      idleMs: this.#idleMs,
    });
    this.#views.set(cluster, views);
    return views;
  }

  async #show(
    look: Look,
    views: ObjectView[],
  ): Promise<Pick<ClusterObjects, 'resources' | 'errors'>> {
    const found = await Promise.all(
      views.map(view => this.#showKind(look, view)),
    );
    const sentences = found.flatMap(({ problem }) => problem ?? []);
    return {
      resources: found.flatMap(({ response }) => response ?? []),
      errors: [...new Set(sentences)].map(message => ({
        errorType: 'FETCH_ERROR',
        message,
      })),
    };
  }

  async #showKind(
    { app, environments, person, tenant }: Look,
    view: ObjectView,
  ): Promise<{ response?: FetchResponse; problem?: string }> {
    const { group, name, resource } = view;
    const look = async (
      environment: string,
    ): Promise<KubeObject[] | undefined> => {
      const namespace = environmentNamespace(tenant, environment);
      const listing = { tenant, namespace, group, resource };
      return (await this.#access.mayList(person, listing))
        ? view.of(namespace, app)
        : undefined;
    };
    try {
      const shown = (await Promise.all(environments.map(look))).filter(
        objects => objects !== undefined,
      );
      if (shown.length === 0) return {};
      return {
        response: { type: name, resources: shown.flat() } as FetchResponse,
        problem: view.staleness(),
      };
    } catch (error) {
      return { problem: (error as Error).message };
    }
  }
}

/** Returns the app of an entity; `undefined` for entities that are not ours. */
function appOf({
  entity,
}: KubernetesObjectsByEntity): { tenant: string; name: string } | undefined {
  const tenant = entity.metadata.annotations?.[annotations.tenant];
  const name = entity.metadata.annotations?.[annotations.app];
  return tenant && name ? { tenant, name } : undefined;
}
