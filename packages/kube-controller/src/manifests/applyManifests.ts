import type { Desired, KubeClient, WriteOptions } from '../client';
import type { ResourceType } from '../objects';

interface ApiResource {
  name: string;
  kind: string;
  namespaced: boolean;
}

/** Resolves kinds to resources by discovery, once for each group and version. */
function createResolver(client: KubeClient) {
  const groups = new Map<string, Promise<ApiResource[]>>();
  const resourcesOf = (apiVersion: string) => {
    const root = apiVersion.includes('/') ? '/apis' : '/api';
    const resources =
      groups.get(apiVersion) ??
      client
        .request<{ resources: ApiResource[] }>({
          path: `${root}/${apiVersion}`,
        })
        .then(answer => answer.resources);
    groups.set(apiVersion, resources);
    return resources;
  };
  return async ({ apiVersion, kind }: Desired): Promise<ResourceType> => {
    const resources = await resourcesOf(apiVersion);
    const found = resources.find(
      resource => resource.kind === kind && !resource.name.includes('/'),
    );
    if (!found) {
      throw new Error(`The API server knows no kind ${kind} in ${apiVersion}`);
    }
    return {
      apiVersion,
      kind,
      plural: found.name,
      scope: found.namespaced ? 'Namespaced' : 'Cluster',
    };
  };
}

/**
 * Applies objects of any kinds server-side, namespaces first. Takes ownership of fields from other managers.
 *
 * @throws KubeApiError when the API server rejects one
 */
export async function applyManifests(
  client: KubeClient,
  objects: Desired[],
  options: Pick<WriteOptions, 'dryRun'> & { fieldManager: string },
): Promise<void> {
  const resolve = createResolver(client);
  const apply = async (object: Desired) => {
    const type = await resolve(object);
    await client.resource(type).apply(object, { ...options, force: true });
  };
  const isNamespace = ({ kind }: Desired) => kind === 'Namespace';
  await Promise.all(objects.filter(isNamespace).map(apply));
  await Promise.all(objects.filter(object => !isNamespace(object)).map(apply));
}
