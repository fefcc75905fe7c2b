import { createHash } from 'node:crypto';
import { BadODataError } from './errors';

/** Position of a page in a query. */
export interface Page {
  /** Digest of the snapshot that the pages come from. */
  digest: string;
  /** Number of rows on earlier pages. */
  sent: number;
}

/** Writes the `$skiptoken` of a page. It grants nothing: each page is authorized like the first. */
export function writePageToken(page: Page, query: URLSearchParams): string {
  return [page.digest, page.sent, fingerprint(query)].join('.');
}

/**
 * Reads a `$skiptoken`.
 *
 * @throws BadODataError when it belongs to another query
 */
export function readPageToken(token: string, query: URLSearchParams): Page {
  const [, digest, sent, print] =
    /^([\w-]{43})\.(\d{1,15})\.([\w-]{16})$/.exec(token) ?? [];
  if (print !== fingerprint(query))
    throw new BadODataError(
      'This $skiptoken belongs to another query; follow the next link of the previous page unchanged',
    );
  return { digest, sent: Number(sent) };
}

/** Returns a digest of the options that decide which rows a page has; the page itself is none of them. */
function fingerprint(query: URLSearchParams): string {
  const options = [...query]
    .filter(([name]) => !['$skiptoken', '$format', '$count'].includes(name))
    .sort(([one], [other]) => (one < other ? -1 : Number(one > other)));
  return createHash('sha256')
    .update(JSON.stringify(options))
    .digest('base64url')
    .slice(0, 16);
}
