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

  it('names the missing settings of a portal without any', () => {
    expect(() => read()).toThrow(
      'bailiwick.git is missing; set bailiwick.git.directory to the folder',
    );
  });

  it('reports all problems at once', () => {
    const wrong = {
      git: {},
      gateway: { baseUrl: 'feeds.test' },
      prometheus: { window: 'long' },
      rateLimit: { requests: 0 },
    };
    expect(() => read(wrong)).toThrow(
      /bailiwick\.git\.directory is missing; bailiwick\.gateway\.baseUrl must be a URL .*; bailiwick\.rateLimit\.requests must be at least 1; bailiwick\.prometheus\.url must be .*; bailiwick\.prometheus\.window must be a duration/,
    );
  });
});
