import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { pathWithin, readGitHost } from './readGitHost';

const place = { tenant: 'rates-desk', name: 'feed' };

const read = (repositories?: string, integrations: JsonObject = {}) =>
  readGitHost(
    mockServices.rootConfig({
      data: {
        integrations,
        bailiwick: { git: { host: { ...(repositories && { repositories }) } } },
      },
    }),
  );

/** An entry of each host with complete credentials, and an address of an app. */
const hosts: [string, JsonObject, string, object][] = [
  [
    'gitea',
    { host: 'git.test', username: 'bot', password: 'secret' },
    'https://git.test/platform/{tenant}.{app}',
    { owner: 'platform', name: 'rates-desk.feed' },
  ],
  [
    'gitea',
    { host: 'git.test', baseUrl: 'https://git.test/code', password: 'token' },
    'https://git.test/code/{tenant}/{app}',
    { owner: 'rates-desk', name: 'feed' },
  ],
  [
    'github',
    { host: 'github.com', token: 'secret' },
    'https://github.com/acme/{tenant}_{app}',
    { owner: 'acme', name: 'rates-desk_feed' },
  ],
  [
    'gitlab',
    { host: 'gitlab.com', token: 'secret' },
    'https://gitlab.com/acme/apps/{tenant}/{app}.git',
    { owner: 'acme/apps/rates-desk', name: 'feed' },
  ],
  [
    'bitbucketCloud',
    { username: 'bot@acme.test', token: 'secret' },
    'https://bitbucket.org/acme/{tenant}--{app}',
    { owner: 'acme', name: 'rates-desk--feed' },
  ],
  [
    'bitbucketServer',
    {
      host: 'bitbucket.acme.test',
      apiBaseUrl: 'https://bitbucket.acme.test/rest/api/1.0',
      token: 'secret',
    },
    'https://bitbucket.acme.test/scm/PLAT/{tenant}.{app}',
    { owner: 'PLAT', name: 'rates-desk.feed' },
  ],
];

describe('readGitHost', () => {
  it.each(hosts)(
    'finds the repository of an app at %s',
    (kind, entry, repositories, path) => {
      const { gitHost, problems } = read(repositories, { [kind]: [entry] });
      expect(problems).toEqual([]);
      const address = gitHost.addressOf!(place);
      expect(address).toMatch(/feed\.git$/);
      expect(pathWithin(gitHost.find(address)!, address)).toEqual(path);
    },
  );

  it('leaves the repositories on the portal without settings', () => {
    const config = mockServices.rootConfig({ data: {} });
    expect(readGitHost(config)).toEqual({
      gitHost: { find: expect.any(Function), pollSeconds: 30 },
      problems: [],
    });
  });

  it.each([
    [undefined, 'is missing'],
    ['git@git.test:platform/{tenant}.{app}', 'must be an address with https'],
    ['https://bot@git.test/p/{tenant}.{app}', 'must not contain a user'],
    ['https://git.test/platform/{tenant}', 'must contain {tenant} and {app}'],
    // Tenant a with app b-c, and tenant a-b with app c, would have the same repository.
    ['https://git.test/platform/{tenant}-{app}', 'must separate'],
    ['https://git.test/platform/{tenant}-x-{app}', 'must separate'],
    ['https://git.test/platform/{tenant}{app}', 'must contain'],
    ['https://git.test/{tenant}.{app}', 'must name an organization'],
    [
      'https://other.test/platform/{tenant}.{app}',
      'is at other.test, of which',
    ],
    ['http://git.test/platform/{tenant}.{app}', 'must begin with https://git'],
  ])('rejects the address %s', (repositories, problem) => {
    const gitea = [{ host: 'git.test', password: 'secret' }];
    const { problems } = read(repositories, { gitea });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`bailiwick.git.host.repositories ${problem}`);
  });

  it.each([
    ['gitea', { host: 'git.test' }, 'password'],
    [
      'github',
      { host: 'git.test', apiBaseUrl: 'https://git.test/api' },
      'token',
    ],
    [
      'gitlab',
      { host: 'git.test', apiBaseUrl: 'https://git.test/api' },
      'token',
    ],
    ['bitbucketServer', { host: 'git.test' }, 'token, or username'],
  ])('reports missing credentials of %s', (kind, entry, missing) => {
    const { gitHost, problems } = read('https://git.test/scm/{tenant}.{app}', {
      [kind]: [entry],
    } as JsonObject);
    expect(problems[0]).toContain(
      `whose entry in integrations lacks ${missing}`,
    );
    expect(gitHost.find('https://git.test/a/b.git')).toBeUndefined();
  });

  it('reports all problems at once', () => {
    const config = mockServices.rootConfig({
      data: {
        bailiwick: {
          git: { host: { pollSeconds: 0, webhookSecret: 'short' } },
        },
      },
    });
    expect(readGitHost(config).problems).toEqual([
      'bailiwick.git.host.repositories is missing',
      'bailiwick.git.host.pollSeconds must be at least 1',
      'bailiwick.git.host.webhookSecret must have at least 16 characters',
    ]);
  });
});
