import { mockServices } from '@backstage/backend-test-utils';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { bitbucketCloudClient } from './bitbucketCloud';
import { createAtHost } from './createAtHost';
import { readGitHost } from './readGitHost';

interface Received {
  request: string;
  authorization?: string;
  body?: unknown;
}

/**
 * Requests to hosts that cannot run here, compared with their documentation. Gitea is run in
 * `external.integration.test.ts`.
 */
describe('creating a repository', () => {
  let server: Server;
  let received: Received[];
  /** Statuses and bodies of the responses. */
  let answers: [number, object][];
  let origin: string;

  beforeEach(async () => {
    received = [];
    server = createServer(async (req, res) => {
      const sent = await text(req);
      received.push({
        request: `${req.method} ${req.url}`,
        authorization: req.headers.authorization,
        ...(sent && { body: JSON.parse(sent) }),
      });
      const [status, body] = answers.shift() ?? [500, {}];
      res.writeHead(status).end(JSON.stringify(body));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.close();
    await once(server, 'close');
  });

  async function create(kind: string, entry: object, address: string) {
    const { gitHost } = readGitHost(
      mockServices.rootConfig({ data: { integrations: { [kind]: [entry] } } }),
    );
    await createAtHost(gitHost.find(address)!, address);
  }

  it('asks GitHub for a private repository of the organization', async () => {
    answers = [[201, { full_name: 'acme/desk.feed' }]];
    await create(
      'github',
      { host: 'github.test', apiBaseUrl: origin, token: 'secret' },
      'https://github.test/acme/desk.feed.git',
    );
    expect(received).toEqual([
      {
        request: 'POST /orgs/acme/repos',
        authorization: 'Bearer secret',
        body: { name: 'desk.feed', private: true },
      },
    ]);
  });

  it('asks GitLab for a project in the group', async () => {
    answers = [
      [200, { id: 7, full_path: 'acme/apps' }],
      [201, { id: 9 }],
    ];
    await create(
      'gitlab',
      { host: 'gitlab.test', apiBaseUrl: origin, token: 'secret' },
      'https://gitlab.test/acme/apps/desk.feed.git',
    );
    expect(received).toMatchObject([
      { request: 'GET /namespaces/acme%2Fapps' },
      {
        request: 'POST /projects',
        authorization: 'Bearer secret',
        body: {
          name: 'desk.feed',
          path: 'desk.feed',
          namespace_id: 7,
          visibility: 'private',
          default_branch: 'main',
        },
      },
    ]);
  });

  it('asks Bitbucket Data Center for a repository of the project', async () => {
    answers = [[201, { slug: 'desk.feed' }]];
    const apiBaseUrl = `${origin}/rest/api/1.0`;
    await create(
      'bitbucketServer',
      { host: new URL(origin).host, apiBaseUrl, token: 'secret' },
      `${origin}/scm/PLAT/desk.feed.git`,
    );
    expect(received).toEqual([
      {
        request: 'POST /rest/api/1.0/projects/PLAT/repos',
        authorization: 'Bearer secret',
        body: { name: 'desk.feed', scmId: 'git', defaultBranch: 'main' },
      },
    ]);
  });

  it('asks Bitbucket Cloud for a private repository of the workspace', async () => {
    answers = [[200, { full_name: 'acme/desk.feed' }]];
    const client = bitbucketCloudClient({
      host: 'bitbucket.org',
      apiBaseUrl: `${origin}/2.0`,
      username: 'bot@acme.test',
      token: 'secret',
    });
    await createAtHost(client, 'https://bitbucket.org/acme/desk.feed.git');
    const basic = Buffer.from('bot@acme.test:secret').toString('base64');
    expect(received).toEqual([
      {
        request: 'POST /2.0/repositories/acme/desk.feed',
        authorization: `Basic ${basic}`,
        body: { scm: 'git', is_private: true },
      },
    ]);
  });

  it('explains why there are no credentials', async () => {
    const client = bitbucketCloudClient({
      host: 'bitbucket.org',
      apiBaseUrl: origin,
    });
    const credentials = async () => {
      throw new Error('The app is not installed');
    };
    const address = 'https://bitbucket.org/acme/feed.git';
    await expect(
      createAtHost({ ...client, credentials }, address),
    ).rejects.toThrow(
      'no credentials from Bitbucket Cloud: The app is not installed. Ask',
    );
    expect(received).toEqual([]);
  });

  const github = () => ({
    host: 'github.test',
    apiBaseUrl: origin,
    token: 'secret',
  });

  it.each([
    [
      'a missing organization',
      404,
      { message: 'Not Found' },
      'GitHub did not create https://github.test/acme/feed.git (status 404: Not Found). Check that acme exists',
    ],
    [
      'missing permissions',
      403,
      { message: 'Resource not accessible' },
      'Resource not accessible). Check the permissions of the portal',
    ],
    [
      'a repository without access',
      422,
      { errors: [{ message: 'name already exists on this account' }] },
      'exists, but the portal has no access to it',
    ],
    ['a body without message', 500, [], 'status 500: []'],
  ])('explains %s', async (_what, status, body, words) => {
    answers = [[status, body]];
    await expect(
      create('github', github(), 'https://github.test/acme/feed.git'),
    ).rejects.toThrow(words);
  });

  it('explains a host that does not respond', async () => {
    const entry = { ...github(), apiBaseUrl: 'http://127.0.0.1:1' };
    await expect(
      create('github', entry, 'https://github.test/acme/feed.git'),
    ).rejects.toThrow(/^Can't reach github\.test: .*\. Try again later$/);
  });
});
