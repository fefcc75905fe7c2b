import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  tenantOfHome,
  type App,
  type ContractColumn,
  type ContractFunction,
  type DomainPack,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  firstSentence,
  publishedEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { createDocument, type AuthorizedDocument } from './document';

/**
 * Builds the documents of an app, of its functions and of their columns. They contain only data of the app's entities
 * in the catalog, and are protected by the permission to read these entities.
 *
 * @param pack - domain pack of the app's archetype, absent while unknown
 */
export function buildAppDocuments(
  app: App,
  { pack, tenant }: { pack?: DomainPack; tenant?: Tenant },
): AuthorizedDocument[] {
  const namespace = tenantOfHome(app.metadata.namespace ?? '');
  if (!namespace) return [];
  const { name } = app.metadata;
  const { archetype, description, title } = app.spec;
  const common = {
    tenant: tenant?.spec.title ?? namespace,
    domain: pack?.spec.title ?? archetype.pack,
  };
  const pageOf = (kind: string) => `/catalog/${namespace}/${kind}/${name}`;
  const component = stringifyEntityRef({ kind: 'component', namespace, name });
  const api = stringifyEntityRef({ kind: 'api', namespace, name });
  const functions = publishedEnvironment(app)?.contract?.functions ?? [];
  const words = new Map(
    pack?.spec.vocabulary.map(word => [word.name, word.description]),
  );

  const functionDocument = (fn: ContractFunction) =>
    createDocument(
      {
        kind: 'function',
        title: fn.name,
        text: firstSentence(fn.description ?? fn.title ?? ''),
        location: `${pageOf('api')}#${encodeURIComponent(fn.name)}`,
        app: title,
        ...common,
      },
      api,
      [fn.name, fn.title],
    );
  const columnDocument = (fn: ContractFunction, column: ContractColumn) =>
    createDocument(
      {
        kind: 'column',
        title: column.name,
        text: firstSentence(
          column.description ?? words.get(column.type) ?? column.title ?? '',
        ),
        location: `${pageOf('api')}#${encodeURIComponent(
          fn.name,
        )}.${encodeURIComponent(column.name)}`,
        function: fn.name,
        app: title,
        ...common,
      },
      api,
      [column.name, column.title, column.type, column.unit],
    );

  return [
    createDocument(
      {
        kind: 'app',
        title,
        text: firstSentence(description ?? ''),
        location: pageOf('component'),
        ...common,
      },
      component,
      // People search for the apps of a tenant or a domain, not for all their columns.
      [name, archetype.name, common.tenant, common.domain],
    ),
    ...functions.flatMap(fn => [
      functionDocument(fn),
      ...(fn.result.columns ?? []).map(column => columnDocument(fn, column)),
    ]),
  ];
}
