import { InputError } from '@backstage/errors';

/** A DNS label (RFC 1123). */
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Addresses of workspaces by their host labels. */
export interface WorkspaceHosts {
  readonly isSecure: boolean;
  /** Returns the origin of a workspace, such as `http://prices-bea-1a2b.localhost:7008`. */
  originOf(host: string): string;
  /** Returns the host label in a `Host` header, `undefined` for any other host. */
  labelOf(header: string | undefined): string | undefined;
}

/**
 * Parses `bailiwick.workspaces.baseUrl`, such as `http://*.localhost:7008`.
 *
 * @throws InputError unless it is an HTTP origin with one `*` in its first label
 */
export function parseBaseUrl(baseUrl: string): WorkspaceHosts {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const parts = url?.host.split('*') ?? [];
  const isPattern =
    parts.length === 2 && !parts[0].includes('.') && parts[1].includes('.');
  const isOrigin =
    url &&
    ['http:', 'https:'].includes(url.protocol) &&
    url.href === `${url.protocol}//${url.host}/`;
  if (!isPattern || !isOrigin)
    throw new InputError(
      `bailiwick.workspaces.baseUrl is "${baseUrl}". Set an address whose first host label has one *, such as https://*.workspaces.example.com`,
    );
  const [before, after] = parts;
  const labelOf = (header = '') => {
    const name = header.toLowerCase();
    const found = name.slice(before.length, name.length - after.length);
    return label.test(found) && name === before + found + after
      ? found
      : undefined;
  };
  return {
    isSecure: url.protocol === 'https:',
    originOf: host => `${url.protocol}//${before}${host}${after}`,
    labelOf,
  };
}
