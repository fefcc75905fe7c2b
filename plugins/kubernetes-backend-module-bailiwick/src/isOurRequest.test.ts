import { isOurRequest } from './isOurRequest';

const lists = {
  clusters: { list: () => [{ metadata: { name: 'here' }, spec: {} }] },
  tenants: {
    get: (name: string) => (name === 'rates-desk' ? { spec: {} } : undefined),
  },
};
const log = (namespace: string) =>
  `/api/v1/namespaces/${namespace}/pods/feed-1/log`;

describe('isOurRequest', () => {
  it.each([
    ['our cluster', 'here', log('default'), [], true],
    ['a cluster of the portal', 'own', log('default'), ['own'], false],
    ['an unknown cluster', 'gone', log('rates-desk--dev'), ['own'], false],
    ['no cluster', undefined, log('rates-desk--dev'), ['own'], false],
    [
      'an app without a cluster where the only one is shared',
      undefined,
      log('rates-desk--dev'),
      ['here'],
      true,
    ],
    [
      'another pod without a cluster where the only one is shared',
      undefined,
      log('shop'),
      ['here'],
      false,
    ],
    [
      'an app without a cluster where the portal has several',
      undefined,
      log('rates-desk--dev'),
      ['here', 'own'],
      false,
    ],
    [
      'an app in a shared cluster',
      'here',
      log('rates-desk--dev'),
      ['here'],
      true,
    ],
    [
      'an app in a shared cluster by an encoded name',
      'here',
      log('rates%2Ddesk%2d%2Ddev'),
      ['here'],
      true,
    ],
    [
      'an app in a shared cluster by encoded slashes',
      'here',
      '/api/v1/namespaces%2Frates-desk--dev%2Fpods%2Ffeed-1%2Flog',
      ['here'],
      true,
    ],
    [
      'a Deployment of an app in a shared cluster',
      'here',
      '/apis/apps/v1/namespaces/rates-desk--dev/deployments',
      ['here'],
      true,
    ],
    [
      'the namespace of an app in a shared cluster',
      'here',
      '/api/v1/namespaces/rates-desk--dev',
      ['here'],
      true,
    ],
    ['another pod in a shared cluster', 'here', log('shop'), ['here'], false],
    [
      'a namespace that looks like ours',
      'here',
      log('blue--shop'),
      ['here'],
      false,
    ],
    ['nodes of a shared cluster', 'here', '/api/v1/nodes', ['here'], false],
  ])('judges %s', async (_what, cluster, path, own, expected) => {
    const req = { header: () => cluster, path } as never;
    const answer = await isOurRequest(req, {
      lists: lists as never,
      portalClusters: async () => own.map(name => ({ name })),
    });
    expect(answer).toBe(expected);
  });

  it('refuses a path with an invalid encoding', async () => {
    const req = { header: () => 'here', path: log('rates-desk--%zz') } as never;
    const answer = isOurRequest(req, {
      lists: lists as never,
      portalClusters: async () => [{ name: 'here' }],
    });
    await expect(answer).rejects.toThrow(
      'Path /api/v1/namespaces/rates-desk--%zz/pods/feed-1/log has an invalid percent-encoding',
    );
  });
});
