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
 * Applies objects of any kinds server-side, namespaces first and bindings of policies last. Takes ownership of fields from
 * other managers.
 *
 * @throws KubeApiError when the API server rejects one
 * @public
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
  for (const phase of [0, 1, 2])
    await Promise.all(objects.filter(one => phaseOf(one) === phase).map(apply));
}

/** The API server allows a binding to fewer accounts if its policy does not exist yet. */
function phaseOf({ kind }: Desired): number {
  if (kind === 'Namespace') return 0;
  return kind === 'ValidatingAdmissionPolicyBinding' ? 2 : 1;
}
