import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** Headers of one connection (RFC 9110, 7.6.1), apart from those that `Connection` names. */
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];
/** Headers that the pod could mistake for claims of a trusted proxy, or that are for the portal. */
const notForPods =
  /^(authorization|expect|forwarded|x-forwarded-.*|x-real-ip|x-scheme)$/;
/** Response headers that affect other hosts of the site, or other ports. */
const notForBrowsers = /^(alt-svc|clear-site-data|strict-transport-security)$/;

/** Headers of all responses: a workspace runs untrusted pages. */
export const protection = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const onlyOwnFrames = "frame-ancestors 'self'";

/** Returns the name of the cookie; with TLS, other hosts cannot set a cookie of this name (RFC 6265bis, 4.1.3). */
export function cookieName(isSecure: boolean): string {
  return isSecure ? '__Host-bailiwick-workspace' : 'bailiwick-workspace';
}

/** Whether a cookie is the portal's, with or without the prefix. */
const ownCookie = /^\s*(__Host-)?bailiwick-workspace\s*=/i;

/** Returns the values of a cookie; another host of the site may have added one of the same name. */
export function readCookies(
  { cookie = '' }: IncomingHttpHeaders,
  name: string,
): string[] {
  return cookie
    .split(';')
    .map(pair => pair.trim())
    .filter(pair => pair.startsWith(`${name}=`))
    .map(pair => pair.slice(name.length + 1));
}

/** Returns the headers of a browser's request for the pod. */
export function requestHeaders(
  headers: IncomingHttpHeaders,
): OutgoingHttpHeaders {
  const cookie = headers.cookie
    ?.split(';')
    .filter(pair => !ownCookie.test(pair))
    .join(';')
    .trim();
  const { cookie: _, ...others } = withoutHops(headers);
  return {
    ...Object.fromEntries(
      Object.entries(others).filter(([name]) => !notForPods.test(name)),
    ),
    ...(cookie && { cookie }),
  };
}

/** Returns the headers of a pod's response for the browser. */
export function responseHeaders(
  headers: IncomingHttpHeaders,
): OutgoingHttpHeaders {
  const policy = headers['content-security-policy'];
  const { 'set-cookie': _, ...others } = withoutHops(headers);
  const kept = (headers['set-cookie'] ?? [])
    .filter(cookie => !ownCookie.test(cookie))
    .map(withoutDomain);
  return {
    ...Object.fromEntries(
      Object.entries(others).filter(([name]) => !notForBrowsers.test(name)),
    ),
    ...protection,
    // All policies of a list apply (CSP 3, 2.2).
    'content-security-policy': policy
      ? `${policy}, ${onlyOwnFrames}`
      : onlyOwnFrames,
    ...(kept.length > 0 && { 'set-cookie': kept }),
  };
}

function withoutHops(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = (headers.connection ?? '')
    .split(',')
    .map(name => name.trim().toLowerCase());
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !hopByHop.includes(name) && !named.includes(name),
    ),
  );
}

function withoutDomain(cookie: string): string {
  return cookie
    .split(';')
    .filter((part, index) => index === 0 || !/^\s*domain\s*(=|$)/i.test(part))
    .join(';');
}
