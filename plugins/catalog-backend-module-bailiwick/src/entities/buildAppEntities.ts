import {
  ANNOTATION_SOURCE_LOCATION,
  DEFAULT_NAMESPACE,
  type Entity,
} from '@backstage/catalog-model';
import {
  annotations,
  environmentNamespace,
  labels,
  tenantOfHome,
  type App,
  type Archetype,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  contractToOpenApi,
  publishedEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { origin } from './origin';
import { resourceRef } from './resources';

/** Objects besides the app that its entities are derived from. */
export interface AppSurroundings {
  /** Address under which people read the results of apps; absent without a gateway. */
  gatewayUrl?: string;
  /** Shape of the archetype; `function` while its pack is unknown. */
  shape?: Archetype['shape'];
  /** References of the app's dependencies. */
  dependsOn?: string[];
  /** Names of the clusters on which it runs, as far as they are in the catalog. */
  clusters?: string[];
}

/** Returns an app as a System in its tenant's Domain, with a Component and an API. */
export function buildAppEntities(
  app: App,
  {
    clusters = [],
    dependsOn = [],
    gatewayUrl,
    shape = 'function',
  }: AppSurroundings,
): Entity[] {
  const { metadata, spec } = app;
  const tenant = tenantOfHome(metadata.namespace ?? '');
  if (!tenant) return [];
  const { name } = metadata;
  const common = {
    name,
    namespace: tenant,
    title: spec.title,
    description: spec.description,
    tags: [spec.archetype.pack, spec.archetype.name],
    annotations: {
      ...origin('app', `${tenant}/${name}`),
      [annotations.tenant]: tenant,
      [annotations.app]: name,
      [annotations.archetype]: `${spec.archetype.pack}/${spec.archetype.name}@${spec.archetype.version}`,
      'backstage.io/kubernetes-label-selector': `${labels.tenant}=${tenant},${labels.app}=${name}`,
      ...(spec.environments.length === 1 && {
        'backstage.io/kubernetes-namespace': environmentNamespace(
          tenant,
          spec.environments[0].name,
        ),
      }),
      ...(clusters.length === 1 && {
        'backstage.io/kubernetes-cluster': clusters[0],
      }),
      ...sourceLocation(spec.source),
    },
  };
  const lifecycle = spec.environments.some(({ release }) => release)
    ? 'production'
    : 'experimental';
  const running = publishedEnvironment(app);
  const definition =
    running?.contract &&
    contractToOpenApi(running.contract, {
      title: spec.title,
      description: spec.description,
      version: running.release ?? running.revision ?? spec.source.revision,
      server:
        gatewayUrl && `${gatewayUrl}/v1/${tenant}/${running.name}/${name}`,
      csv: spec.delivery.csv,
    });
  const entity = (kind: string, fields: Record<string, unknown>): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: common,
    spec: { owner: spec.owner, ...fields } as Entity['spec'],
  });
  return [
    entity('System', { domain: `domain:${DEFAULT_NAMESPACE}/${tenant}` }),
    entity('Component', {
      type: shape,
      lifecycle,
      system: name,
      providesApis: definition ? [name] : [],
      dependsOn: [
        ...dependsOn,
        ...clusters.map(cluster => resourceRef('cluster', cluster)),
      ],
    }),
    ...(definition
      ? [
          entity('API', {
            type: 'openapi',
            lifecycle,
            system: name,
            definition: JSON.stringify(definition, null, 2),
          }),
        ]
      : []),
  ];
}

/** Returns the address of the code, if the repository is not in the portal's own git host, which has no pages. */
function sourceLocation({
  path,
  repository,
}: App['spec']['source']): Record<string, string> {
  if (!/^https?:\/\//.test(repository)) return {};
  const folder = path === '.' ? '' : `${path.replace(/^\.?\//, '')}/`;
  return {
    [ANNOTATION_SOURCE_LOCATION]: `url:${repository.replace(
      /\/$/,
      '',
    )}/${folder}`,
  };
}
