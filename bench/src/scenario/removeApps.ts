import {
  coreKinds,
  resourcePath,
  type KubeClient,
  type KubeObject,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  labels,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { inParallel } from '../inParallel';
import type { Population } from './Population';

/** Kinds of the objects of apps. */
export const childKinds: ResourceType<KubeObject>[] = [
  coreKinds.networkPolicies,
  coreKinds.serviceAccounts,
  coreKinds.services,
  coreKinds.configMaps,
  coreKinds.deployments,
  coreKinds.podDisruptionBudgets,
];

/** Deletes all apps with their objects while no operator is running; their code remains. */
export async function removeApps(
  client: KubeClient,
  { namespaces }: Population,
): Promise<void> {
  const apps = client.resource<App>(appKind);
  const left = await apps.list();
  await inParallel(left, ({ metadata: { name, namespace } }) =>
    apps.patch(name, { metadata: { finalizers: null } }, { namespace }),
  );
  const paths = [appKind, ...childKinds].flatMap(type =>
    namespaces.map(namespace => resourcePath(type, { namespace })),
  );
  await inParallel(paths, path =>
    client.request({
      method: 'DELETE',
      path,
      query: path.includes('bailiwick.dev')
        ? {}
        : { labelSelector: labels.app },
    }),
  );
}
