import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/**
 * Headers with an HMAC-SHA256 of the body, some after `sha256=`. Gitea: `x-gitea-signature`; GitHub:
 * `x-hub-signature-256`; Bitbucket: `x-hub-signature`.
 */
const signatures = [
  'x-hub-signature-256',
  'x-gitea-signature',
  'x-hub-signature',
];

/** Whether a webhook has a signature, or the secret itself, which GitLab sends. */
export function isSigned(headers: IncomingHttpHeaders): boolean {
  return [...signatures, 'x-gitlab-token'].some(name => headers[name]);
}

/** Whether a webhook comes from someone who knows the secret. */
export function isAuthentic(
  headers: IncomingHttpHeaders,
  body: Buffer,
  secret: string,
): boolean {
  const token = headers['x-gitlab-token'];
  if (typeof token === 'string') return isSame(token, secret);
  const expected = createHmac('sha256', secret).update(body).digest('hex');
  const header = signatures.find(name => headers[name]);
  const given = header && headers[header];
  return (
    typeof given === 'string' && isSame(given.replace(/^sha256=/, ''), expected)
  );
}

/**
 * Returns the addresses of the repository in a webhook about a push, without `.git`: those for `git clone` and that in
 * browsers. The four hosts name them differently.
 */
export function repositoriesIn(body: Buffer): string[] {
  const { project, repository } = parse(body);
  const { links } = Object(repository);
  const clones = Object(links).clone;
  return [
    Object(project).git_http_url, // GitLab
    Object(repository).clone_url, // Gitea, GitHub
    Object(repository).html_url,
    Object(Object(links).html).href, // Bitbucket Cloud
    ...(Array.isArray(clones) ? clones.map(one => Object(one).href) : []), // Bitbucket Data Center
  ]
    .filter(address => typeof address === 'string')
    .map(withoutSuffix);
}

/** Returns an address without `.git`. */
export function withoutSuffix(address: string): string {
  return address.replace(/\/?(\.git)?\/?$/, '');
}

function parse(body: Buffer): { project?: unknown; repository?: unknown } {
  try {
    return Object(JSON.parse(body.toString()));
  } catch {
    return {};
  }
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [given, expected].map(text =>
    createHmac('sha256', 'length').update(text).digest(),
  );
  return timingSafeEqual(left, right);
}
