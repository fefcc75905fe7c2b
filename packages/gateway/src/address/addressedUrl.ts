import type { IncomingMessage } from 'node:http';
import type { Target } from '../login';

/** Finds apps by addresses of their own. */
export interface AddressDirectory {
  /** Returns the app and environment of a host name in lower case. */
  findAddress(host: string): Target | undefined;
}

/**
 * Returns the path of a request on the gateway: at the address of an app, `/<function>` is
 * `/v1/<tenant>/<environment>/<app>/<function>`, and no other paths exist. Other requests keep their path.
 */
export function addressedUrl(
  { headers, url = '' }: IncomingMessage,
  directory: AddressDirectory,
): string {
  const host = headers.host?.toLowerCase().replace(/\.?(:\d*)?$/, '');
  const target = host ? directory.findAddress(host) : undefined;
  if (!target || !url.startsWith('/')) return url;
  return `/v1/${target.tenant}/${target.environment}/${target.app}${url}`;
}
