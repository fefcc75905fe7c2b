import type {
  ResultHighlight,
  SearchResult,
} from '@backstage/plugin-search-common';
import type { BailiwickDocument } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { AppRef } from '../access/useAppAccess';
import type { Readability } from '../access/useReadability';

/** A result, favorite or recent item. */
export interface SearchEntry {
  title: string;
  /** Path in the portal. */
  location: string;
  /** Kind in one word, such as `Column`. */
  kind: string;
  /** Function, app, and tenant or domain; title of the guide; empty for others. */
  context: string;
  text: string;
  highlight?: ResultHighlight;
  /** The app that an app, function or column is of, with its display name. */
  app?: AppRef & { title: string };
  /** Access of the reader to the data of that app; absent without an app or while it is not looked up. */
  readability?: Readability;
}

/** Kinds of documents about one app, whose path names the tenant and the app. */
const kindsOfApps = ['app', 'function', 'column'];

function appOf(
  { kind = '', location }: AnyDocument,
  title: string,
): SearchEntry['app'] {
  const [, tenant, name] =
    /^\/catalog\/([^/]+)\/[^/]+\/([^/#]+)/.exec(location) ?? [];
  return kindsOfApps.includes(kind) && name
    ? { tenant, name, title }
    : undefined;
}

/** Documents of other collators have a kind only when they are of the catalog. */
type AnyDocument = SearchResult['document'] &
  Partial<
    Pick<BailiwickDocument, 'app' | 'domain' | 'function' | 'guide' | 'tenant'>
  > & { kind?: string; type?: string };

/** Returns the search entry of a result, from any collator. */
export function entryOf({
  document,
  highlight,
  type,
}: SearchResult): SearchEntry {
  const {
    app,
    domain,
    function: name,
    guide,
    kind = type,
    location,
    tenant,
    text,
    title,
    type: specType,
  } = document as AnyDocument;
  const about = appOf(document as AnyDocument, app || title);
  return {
    title,
    location,
    kind:
      kind === 'Resource' && specType === 'dataset'
        ? 'Data set'
        : kind.charAt(0).toUpperCase() + kind.slice(1),
    context: [name, app, tenant || domain, guide]
      .filter(part => part && part !== title)
      .join(' · '),
    text,
    highlight,
    ...(about && { app: about }),
  };
}
