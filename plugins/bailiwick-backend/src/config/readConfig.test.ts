import { mockServices } from '@backstage/backend-test-utils';
import { readConfig } from './readConfig';

const read = (bailiwick?: object) =>
  readConfig(
    mockServices.rootConfig({
      data: {
        backend: { baseUrl: 'http://portal.test' },
        ...(bailiwick && { bailiwick: bailiwick as never }),
      },
    }),
  );

describe('readConfig', () => {
  it('needs only a folder for repositories', () => {
    expect(read({ git: { directory: '/git' } })).toEqual({
      repositories: '/git',
      gitHost: { find: expect.any(Function), pollSeconds: 30 },
      publicUrl: 'http://portal.test/api/bailiwick',
      platformGroup: 'group:default/platform',
      rateLimit: { requests: 500, seconds: 10, open: 200 },
    });
  });

  it('reads all settings', () => {
    expect(
      read({
        git: { directory: '/git' },
        gateway: {
          baseUrl: 'https://feeds.test/',
          metricsUrl: 'http://gateways.test:7081',
        },
        docs: { path: '/docs' },
        platformGroup: 'group:ops/sre',
        prometheus: { url: 'https://prometheus.test', window: '5m' },
      }),
    ).toMatchObject({
      gatewayUrl: 'https://feeds.test',
      gatewayMetricsUrl: 'http://gateways.test:7081',
      guides: '/docs',
      platformGroup: 'group:ops/sre',
      prometheus: { url: 'https://prometheus.test', window: '5m' },
    });
  });

  it('reads no workspaces if their variables are absent', () => {
    const workspaces = { listen: { host: '127.0.0.1' } };
    const settings = read({ git: { directory: '/git' }, workspaces });
    expect(settings).not.toHaveProperty('workspaces');
  });

  it('names the missing settings of a portal without any', () => {
    expect(() => read()).toThrow(
      'bailiwick.git is missing; set bailiwick.git.directory to the folder',
    );
  });

  it('reports all problems at once', () => {
    const wrong = {
      git: { host: { pollSeconds: 0 } },
      gateway: { baseUrl: 'feeds.test' },
      prometheus: { window: 'long' },
      rateLimit: { requests: 0 },
    };
    expect(() => read(wrong)).toThrow(
      /bailiwick\.git\.directory is missing; bailiwick\.gateway\.baseUrl must be a URL .*; bailiwick\.rateLimit\.requests must be at least 1; bailiwick\.prometheus\.url must be .*; bailiwick\.prometheus\.window must be a duration.*; bailiwick\.git\.host\.repositories is missing; bailiwick\.git\.host\.pollSeconds must be at least 1/,
    );
  });

  describe('of workspaces', () => {
    const baseUrl = 'https://*.workspaces.example.com';
    const readWorkspaces = (workspaces: object) =>
      read({ git: { directory: '/git' }, workspaces });

    it('reads the addresses, with a port that is a text', () => {
      const listen = { port: '7008', host: '127.0.0.1' };
      expect(readWorkspaces({ baseUrl, listen }).workspaces).toEqual({
        baseUrl,
        listen: { port: 7008, host: '127.0.0.1' },
        portalUrl: 'http://portal.test',
      });
    });

    it.each([
      ['https://workspaces.example.com', 'must be an address with * for one'],
      ['*.workspaces.example.com', 'must be an address with * for one'],
      ['https://example.com/*', 'must be an address with * for one'],
      [undefined, 'is missing'],
    ])('rejects the address %s', (wrong, problem) => {
      const listen = { port: 7008 };
      expect(() => readWorkspaces({ baseUrl: wrong, listen })).toThrow(
        `bailiwick.workspaces.baseUrl ${problem}`,
      );
    });

    it.each([
      ['0', 'must be at least 1'],
      [65_536, 'must be at most 65535'],
      ['http', 'must be a number'],
      [undefined, 'must be a number'],
    ])('rejects the port %s', (port, problem) => {
      expect(() => readWorkspaces({ baseUrl, listen: { port } })).toThrow(
        `bailiwick.workspaces.listen.port ${problem}`,
      );
    });
  });
});
