import type { IndexableDocument } from '@backstage/plugin-search-common';
import type { BailiwickDocument } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** A document with the reference of the resource that a reader must have permission to read. */
export type AuthorizedDocument = BailiwickDocument &
  Required<Pick<IndexableDocument, 'authorization'>>;

type Optional = 'function' | 'app' | 'tenant' | 'domain';

/**
 * Completes a document. The in-memory engine takes the indexed fields from the first document, so each one has all
 * fields.
 *
 * @param resourceRef - resource of the permission that protects the document
 * @param keywords - additional search words; compound names are split into words
 */
export function createDocument(
  document: Omit<BailiwickDocument, Optional | 'keywords'> &
    Partial<Pick<BailiwickDocument, Optional>>,
  resourceRef: string,
  keywords: (string | undefined)[] = [],
): AuthorizedDocument {
  return {
    function: '',
    app: '',
    tenant: '',
    domain: '',
    ...document,
    keywords: keywords
      .filter((word): word is string => !!word)
      .flatMap(word => [word, splitName(word)])
      .filter((word, index, all) => all.indexOf(word) === index)
      .join(' '),
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

/** Returns the first sentence or line of a description, without line breaks. */
export function firstSentence(text: string): string {
  const [paragraph] = text.trim().split(/\n\s*\n/);
  const line = paragraph.replace(/\s+/g, ' ');
  return /^.+?[.!?](?= |$)/u.exec(line)?.[0] ?? line;
}
