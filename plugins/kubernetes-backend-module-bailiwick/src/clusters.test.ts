import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { clusterDetails } from './clusters';

type Access = Pick<KubernetesService, 'lists' | 'server'>;

function portal(server: string | undefined, clusters: object[] = []): Access {
  return {
    server: () => server,
    lists: { clusters: { list: () => clusters } },
  } as unknown as Access;
}

describe('clusterDetails', () => {
  it('gives the plugin a cluster for whose requests it has no credentials', () => {
    const [cluster, ...others] = clusterDetails(
      portal('https://kubernetes.test'),
    );
    expect(others).toEqual([]);
    expect(cluster).toMatchObject({
      name: 'local',
      url: 'https://kubernetes.test',
    });
    // The one strategy of the plugin that is anonymous wherever the portal runs.
    expect(cluster.authMetadata).toEqual({
      'kubernetes.io/auth-provider': 'localKubectlProxy',
    });
  });

  it('calls it as the platform team does', () => {
    const remote = {
      metadata: { name: 'far' },
      spec: { title: 'Far away', credentials: { secret: 'far' } },
    };
    const own = { metadata: { name: 'here' }, spec: { title: 'Here' } };
    expect(
      clusterDetails(portal('https://kubernetes.test', [remote, own])),
    ).toMatchObject([
      { name: 'here', title: 'Here', url: 'https://kubernetes.test' },
      { name: 'far', title: 'Far away', url: 'https://far.invalid' },
    ]);
  });

  it('gives none before the cluster is known', () => {
    expect(clusterDetails(portal(undefined))).toEqual([]);
  });
});
