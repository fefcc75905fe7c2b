import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { clusterNames, listedClusters } from './clusters';

type Access = Pick<KubernetesService, 'lists' | 'server'>;

function portal(server: string | undefined, clusters: object[] = []): Access {
  return {
    server: () => server,
    lists: { clusters: { list: () => clusters } },
  } as unknown as Access;
}

const far = {
  metadata: { name: 'far' },
  spec: { title: 'Far away', credentials: { secret: 'far' } },
};
const here = { metadata: { name: 'here' }, spec: { title: 'Here' } };

describe('the clusters of the tab', () => {
  it('are the hub and the target clusters by their titles', () => {
    const access = portal('https://kubernetes.test', [far, here]);
    expect(listedClusters(access)).toEqual([
      { name: 'here', title: 'Here', authProvider: 'localKubectlProxy' },
      { name: 'far', title: 'Far away', authProvider: 'localKubectlProxy' },
    ]);
    expect(clusterNames(access)).toEqual(['here', 'far']);
  });

  it('include the hub before it has a Cluster', () => {
    expect(listedClusters(portal('https://kubernetes.test'))).toMatchObject([
      { name: 'local' },
    ]);
  });

  it('are not listed before the API server is known', () => {
    expect(listedClusters(portal(undefined))).toEqual([]);
  });
});
