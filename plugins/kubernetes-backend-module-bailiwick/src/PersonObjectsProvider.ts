import type {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type {
  FetchResponse,
  KubernetesFetchError,
  ObjectsByEntityResponse,
} from '@backstage/plugin-kubernetes-common';
import type {
  KubernetesObjectsByEntity,
  KubernetesObjectsProvider,
} from '@backstage/plugin-kubernetes-node';
import {
  isForbidden,
  type KubeClient,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  environmentNamespace,
  homeNamespace,
  labels,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  personOf,
  type KubernetesService,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import { shownResources } from './shownResources';

/** Reads an app's objects as the person who looks at it, so that RBAC decides what is shown. */
export class PersonObjectsProvider implements KubernetesObjectsProvider {
  readonly #kubernetes: KubernetesService;
  readonly #userInfo: UserInfoService;

  constructor(options: {
    kubernetes: KubernetesService;
    userInfo: UserInfoService;
  }) {
    this.#kubernetes = options.kubernetes;
    this.#userInfo = options.userInfo;
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
    if (!tenant || !app) return { items: [] };

    const client = this.#kubernetes.as(
      await personOf(credentials, this.#userInfo),
    );
    const labelSelector = `${labels.tenant}=${tenant},${labels.app}=${name}`;
    const found = await Promise.all(
      app.spec.environments.flatMap(environment =>
        Object.entries(shownResources).map(([type, resource]) =>
          fetchObjects(client, type, resource, {
            namespace: environmentNamespace(tenant, environment.name),
            labelSelector,
          }),
        ),
      ),
    );
    return {
      items: [
        {
          cluster: { name: 'local' },
          resources: found.flatMap(({ objects }) => objects),
          podMetrics: [],
          errors: found.flatMap(({ errors }) => errors),
        },
      ],
    };
  }

  /** No custom resources are shown in the tab; apps have pages of their own. */
  async getCustomResourcesByEntity(): Promise<ObjectsByEntityResponse> {
    return { items: [] };
  }
}

async function fetchObjects(
  client: KubeClient,
  type: string,
  resource: ResourceType,
  where: { namespace: string; labelSelector: string },
): Promise<{ objects: FetchResponse[]; errors: KubernetesFetchError[] }> {
  try {
    const items = await client.resource(resource).list(where);
    return {
      objects: [{ type, resources: items } as FetchResponse],
      errors: [],
    };
  } catch (error) {
    if (isForbidden(error)) return { objects: [], errors: [] };
    return {
      objects: [],
      errors: [{ errorType: 'FETCH_ERROR', message: String(error) }],
    };
  }
}
