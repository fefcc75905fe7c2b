import type { IndexableDocument } from '@backstage/plugin-search-common';
import type { BailiwickDocument } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** A document with the reference of the resource that a reader must have permission to read. */
export type AuthorizedDocument = BailiwickDocument &
  Required<Pick<IndexableDocument, 'authorization'>>;

type Optional = 'function' | 'app' | 'tenant' | 'domain' | 'guide';

/** Fields of a document; those that don't apply can be absent. */
type DocumentFields = Omit<BailiwickDocument, Optional | 'keywords'> &
  Partial<Pick<BailiwickDocument, Optional>>;

/**
 * Completes a document that every signed-in person can read. Backstage's in-memory engine takes the indexed fields from
 * the first document, so each one has all fields.
 *
 * @param keywords - additional search words
 */
export function createOpenDocument(
  document: DocumentFields,
  keywords: string,
): BailiwickDocument {
  return {
    function: '',
    app: '',
    tenant: '',
    domain: '',
    guide: '',
    ...document,
    keywords,
  };
}

/**
 * Completes a document that a permission protects.
 *
 * @param resourceRef - resource of the permission that protects the document
 * @param keywords - additional search words; compound names are split into words
 */
export function createDocument(
  document: DocumentFields,
  resourceRef: string,
  keywords: (string | undefined)[] = [],
): AuthorizedDocument {
  const words = keywords
    .filter((word): word is string => !!word)
    .flatMap(word => [word, splitName(word)])
    .filter((word, index, all) => all.indexOf(word) === index)
    .join(' ');
  return {
    ...createOpenDocument(document, words),
    authorization: { resourceRef },
  };
}

/** Splits `MonthEndPrice` and `month_end_price` into words. */
function splitName(name: string): string {
  return name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/_+/g, ' ')
    .trim();
}
