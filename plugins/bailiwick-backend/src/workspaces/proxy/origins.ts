import type { IncomingHttpHeaders } from 'node:http';

/** A request's method and headers. */
export interface OriginRequest {
  method?: string;
  headers: IncomingHttpHeaders;
}

/**
 * Returns whether a request comes from another origin. Navigations of a whole tab by GET are
 * allowed from anywhere, as are requests of programs, which send no origin. Other workspaces are
 * other origins of the same site, so that `SameSite` cookies do not suffice.
 *
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function isCrossOrigin(
  { method, headers }: OriginRequest,
  ownOrigin: string,
): boolean {
  if (headers.origin !== undefined && headers.origin !== ownOrigin) return true;
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none')
    return false;
  const isTopLevel =
    method === 'GET' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document';
  return !isTopLevel;
}

/** Returns whether a browser shows the response as a page. */
export function isNavigation({ method, headers }: OriginRequest): boolean {
  const mode = headers['sec-fetch-mode'];
  return (
    method === 'GET' &&
    (mode === undefined || mode === 'navigate') &&
    /\btext\/html\b/i.test(headers.accept ?? '')
  );
}
