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
 * Returns the names of the repository in a webhook about a push: addresses for `git clone` and in browsers, or the end
 * of an address. The hosts name them differently.
 */
export function repositoriesIn(body: Buffer): string[] {
  const { project, repository } = parse(body);
  const { clone_url, html_url, links, project: owner, slug } = repository;
  return [
    project.git_http_url, // GitLab
    clone_url, // Gitea, GitHub
    html_url,
    Object(Object(links).html).href, // Bitbucket Cloud
    slug && Object(owner).key && `/scm/${Object(owner).key}/${slug}`, // Bitbucket Data Center
  ].filter(name => typeof name === 'string');
}

/** Whether a repository is one of those of a webhook. */
export function isNamed(address: string, names: string[]): boolean {
  const wanted = normalize(address);
  return names
    .map(normalize)
    .some(name =>
      name.startsWith('/') ? wanted.endsWith(name) : wanted === name,
    );
}

/** Returns an address without `.git`, in lower case: hosts ignore case. */
function normalize(address: string): string {
  return address.replace(/\/?(\.git)?\/?$/, '').toLowerCase();
}

/** Parts of a webhook, all of which can be anything. */
type Part = Record<string, any>;

function parse(body: Buffer): { project: Part; repository: Part } {
  let value: Part = {};
  try {
    value = Object(JSON.parse(body.toString()));
  } catch {
    // Signed, but not by a git host.
  }
  return {
    project: Object(value.project),
    repository: Object(value.repository),
  };
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [given, expected].map(text =>
    createHmac('sha256', 'length').update(text).digest(),
  );
  return timingSafeEqual(left, right);
}
