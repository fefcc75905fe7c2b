import { createHmac } from 'node:crypto';
import { isAuthentic, isNamed, isSigned, repositoriesIn } from './webhook';

const secret = 'a secret of a test';

/** Payloads as in the documentation of the hosts, shortened to the repository. */
const payloads: [string, object, string][] = [
  [
    'Gitea',
    {
      ref: 'refs/heads/main',
      repository: {
        html_url: 'https://git.test/platform/desk.feed',
        clone_url: 'https://git.test/platform/desk.feed.git',
      },
    },
    'https://git.test/platform/desk.feed',
  ],
  [
    'GitHub',
    {
      ref: 'refs/heads/main',
      repository: {
        html_url: 'https://github.com/acme/desk.feed',
        clone_url: 'https://github.com/acme/desk.feed.git',
      },
    },
    'https://github.com/acme/desk.feed',
  ],
  [
    'GitLab',
    {
      object_kind: 'push',
      project: { git_http_url: 'https://gitlab.test/acme/desk.feed.git' },
      repository: { url: 'git@gitlab.test:acme/desk.feed.git' },
    },
    'https://gitlab.test/acme/desk.feed',
  ],
  [
    'Bitbucket Cloud',
    {
      push: { changes: [] },
      repository: {
        full_name: 'acme/desk.feed',
        links: { html: { href: 'https://bitbucket.org/acme/desk.feed' } },
      },
    },
    'https://bitbucket.org/acme/desk.feed',
  ],
  [
    'Bitbucket Data Center',
    {
      eventKey: 'repo:refs_changed',
      repository: {
        slug: 'desk.feed',
        project: { key: 'PLAT', type: 'NORMAL' },
      },
    },
    'https://bb.test/scm/plat/desk.feed',
  ],
];

const body = Buffer.from('{"ref":"refs/heads/main"}');
const signature = createHmac('sha256', secret).update(body).digest('hex');

describe('webhooks', () => {
  it.each(payloads)('finds the repository of %s', (_host, payload, address) => {
    const names = repositoriesIn(Buffer.from(JSON.stringify(payload)));
    expect(isNamed(`${address}.git`, names)).toBe(true);
    for (const other of [`${address}s`, address.replace('desk', 'x'), ''])
      expect(isNamed(other, names)).toBe(false);
  });

  it.each([
    '',
    '[]',
    'null',
    '{"repository":[1]}',
    '{"project":"x"}',
    '{"repository":{"slug":1}}',
  ])('finds none in %j', text =>
    expect(repositoriesIn(Buffer.from(text))).toEqual([]),
  );

  it.each([
    ['Gitea', { 'x-gitea-signature': signature }],
    ['GitHub', { 'x-hub-signature-256': `sha256=${signature}` }],
    ['Bitbucket', { 'x-hub-signature': `sha256=${signature}` }],
    ['GitLab', { 'x-gitlab-token': secret }],
  ])('accepts the signature of %s, and no other', (_host, headers) => {
    expect(isSigned(headers)).toBe(true);
    expect(isAuthentic(headers, body, secret)).toBe(true);
    expect(isAuthentic(headers, body, 'another secret')).toBe(false);
    const [name] = Object.keys(headers);
    for (const forged of ['', 'sha256=', '0'.repeat(64), signature.slice(1)])
      expect(isAuthentic({ [name]: forged }, body, secret)).toBe(false);
  });

  it('rejects a changed body', () => {
    const headers = { 'x-gitea-signature': signature };
    const changed = Buffer.from('{"ref":"refs/heads/other"}');
    expect(isAuthentic(headers, changed, secret)).toBe(false);
  });

  it('rejects a webhook without a signature', () => {
    expect(isSigned({ 'content-type': 'application/json' })).toBe(false);
    expect(isAuthentic({}, body, secret)).toBe(false);
  });
});
