import { KubeClient } from '@bailiwick/backstage-kube-controller';
import { RoutedUpstream } from './RoutedUpstream';
import type { FunctionCall, Upstream, UpstreamAnswer } from './Upstream';

const call: FunctionCall = {
  tenant: 'desk',
  environment: 'dev',
  app: 'feed',
  fn: 'prices',
  parameters: {},
  id: 'r-1',
};

describe('RoutedUpstream', () => {
  const asked: string[] = [];
  const own: Upstream = {
    ask: async (_, { environment }) => answer(`own ${environment}`),
    close: async () => {},
  };
  /** A client whose API server returns one response, at the wire. */
  const client = new KubeClient({
    userAgent: 'test',
    connection: {
      server: 'https://west:6443',
      close: async () => {},
      send: async ({ path }) => {
        asked.push(path);
        return { headers: {}, ...answer('west') };
      },
    },
  });
  const upstream = new RoutedUpstream({
    own,
    timeout: 1000,
    clusters: {
      otherCluster: (_, environment) =>
        environment === 'dev' ? undefined : environment,
      clientOf: cluster => (cluster === 'west' ? client : undefined),
    },
  });

  function answer(text: string): UpstreamAnswer {
    return {
      status: 200,
      body: {
        async *[Symbol.asyncIterator]() {
          yield Buffer.from(text);
        },
        text: async () => text,
        destroy: () => {},
      },
    };
  }

  it("calls apps of the gateway's own cluster as ever", async () => {
    const { body } = await upstream.ask('call', call);
    expect(await body.text()).toBe('own dev');
    expect(asked).toEqual([]);
  });

  it('calls apps of another cluster through the API server of that one', async () => {
    const { body } = await upstream.ask('stream', {
      ...call,
      environment: 'west',
    });
    expect(await body.text()).toBe('west');
    expect(asked).toEqual([
      '/api/v1/namespaces/desk--west/services/feed:80/proxy/stream/prices',
    ]);
  });

  it('reports that it has no credentials for a cluster', async () => {
    await expect(
      upstream.ask('call', { ...call, environment: 'east' }),
    ).rejects.toThrow(/no credentials for cluster east of feed/);
  });
});
