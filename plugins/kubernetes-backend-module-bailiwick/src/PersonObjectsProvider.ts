import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  ClusterObjects,
  FetchResponse,
  ObjectsByEntityResponse,
} from '@backstage/plugin-kubernetes-common';
import type {
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

/** What somebody looks at: an app in some of its environments. */
interface Look {
  app: string;
  environments: string[];
  person: Person;
  tenant: string;
}

/**
 * Shows an app's objects from watches that all who look share. A person sees what both let them: the portal's
 * policy the app, and the API server each kind in each environment.
 */
export class PersonObjectsProvider implements KubernetesObjectsProvider {
  readonly #access: AppAccess;
  readonly #kubernetes: KubernetesService;
  readonly #idleMs: number;
  /** Views of each cluster by its name; those of the portal's own by an empty one. */
  readonly #views = new Map<string, ObjectView[]>();

  constructor(options: {
    access: AppAccess;
    kubernetes: KubernetesService;
    /** Milliseconds without a look after which watching ends. */
    idleMs?: number;
  }) {
    this.#access = options.access;
    this.#kubernetes = options.kubernetes;
    this.#idleMs = options.idleMs ?? idleMs;
  }

  async getKubernetesObjectsByEntity(
    { entity }: KubernetesObjectsByEntity,
    { credentials }: { credentials: BackstageCredentials },
  ): Promise<ObjectsByEntityResponse> {
    const tenant = entity.metadata.annotations?.[annotations.tenant];
    const name = entity.metadata.annotations?.[annotations.app];
    const app =
      tenant && name
        ? this.#kubernetes.lists.apps.get(name, homeNamespace(tenant))
        : undefined;
    if (!tenant || !name || !app) return { items: [] };

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

  /** No custom resources are shown in the tab; apps have pages of their own. */
  async getCustomResourcesByEntity(): Promise<ObjectsByEntityResponse> {
    return { items: [] };
  }

  /** Lets go of everything that is watched. */
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
