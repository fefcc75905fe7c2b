import { DEFAULT_NAMESPACE, type Entity } from '@backstage/catalog-model';
import {
  annotations,
  contractToOpenApi,
  environmentNamespace,
  labels,
  tenantOfHome,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { origin } from './origin';

/** An app as a System in its tenant's Domain, the Component that runs, and the API it gives. */
export function buildAppEntities(app: App, gatewayUrl: string): Entity[] {
  const { metadata, spec, status } = app;
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
    },
  };
  const lifecycle = spec.environments.some(({ release }) => release)
    ? 'production'
    : 'experimental';
  const running = status?.environments?.find(
    environment => environment.contract,
  );
  const definition =
    running?.contract &&
    contractToOpenApi(running.contract, {
      title: spec.title,
      description: spec.description,
      version: running.release ?? running.revision ?? spec.source.revision,
      server: `${gatewayUrl}/v1/${tenant}/${running.name}/${name}`,
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
      type: 'function',
      lifecycle,
      system: name,
      providesApis: definition ? [name] : [],
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
