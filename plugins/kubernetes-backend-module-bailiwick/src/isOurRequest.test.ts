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
      'an app in a shared cluster',
      'here',
      log('rates-desk--dev'),
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
});
