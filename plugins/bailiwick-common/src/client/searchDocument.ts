/**
 * Document types of Bailiwick in the search index. Documents of one type need the same permission:
 * `catalog` to read the catalog entity, `tenants` to read the tenant, `requests` to read the request. Those of `docs`
 * need none.
 *
 * @public
 */
export const searchTypes = {
  catalog: 'bailiwick',
  tenants: 'bailiwick-tenant',
  requests: 'bailiwick-request',
  docs: 'bailiwick-docs',
} as const;

/** Kinds of documents; the first five have the type `searchTypes.catalog`. @public */
export const searchKinds = [
  'app',
  'function',
  'column',
  'term',
  'domain',
  'tenant',
  'request',
  'docs',
] as const;

/** Kind of a document. @public */
export type SearchKind = (typeof searchKinds)[number];

/** A document of Bailiwick in the search index. All fields are indexed; fields that don't apply are empty. @public */
export interface BailiwickDocument {
  kind: SearchKind;
  title: string;
  /** Description, in one sentence where possible. */
  text: string;
  /** Path of the page in the portal; unique in the index. */
  location: string;
  /** Name of the function of a column. */
  function: string;
  /** Display name of the app of a function or column. */
  app: string;
  /** Display name of the tenant. */
  tenant: string;
  /** Display name of the domain of an app, term or pack. */
  domain: string;
  /** Title of the guide that contains a section. */
  guide: string;
  /** More words to find the document by, such as the words of a compound name. */
  keywords: string;
}
