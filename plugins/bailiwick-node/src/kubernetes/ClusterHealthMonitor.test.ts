import { KubeConnectionError } from '@bailiwick/backstage-kube-controller';
import { ClusterHealthMonitor } from './ClusterHealthMonitor';

/**
 * Runs one check against a server that fails.
 *
 * @param code - of the connection's error
 * @param silentMs - milliseconds since the server was last heard
 */
async function stalenessAfter(code: string, silentMs: number) {
  const start = 1_000_000;
  jest.setSystemTime(start);
  const stop = new AbortController();
  const monitor = new ClusterHealthMonitor({
    client: {
      request: async () => {
        jest.setSystemTime(start + silentMs);
        throw new KubeConnectionError(
          'https://kubernetes.test',
          Object.assign(new Error('lost'), { code }),
        );
      },
    } as never,
    // Reports the outcome of the check, after which nothing follows.
    onChange: () => stop.abort(),
  });
  const run = monitor.run(stop.signal);
  await jest.advanceTimersByTimeAsync(0);
  const found = monitor.staleness();
  stop.abort();
  await run;
  return found;
}

describe('ClusterHealthMonitor', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('keeps a slow server live for a moment', async () => {
    expect(
      await stalenessAfter('UND_ERR_HEADERS_TIMEOUT', 4_000),
    ).toBeUndefined();
  });

  it.each([
    ['UND_ERR_HEADERS_TIMEOUT', 'within 4 s'],
    ['UND_ERR_CONNECT_TIMEOUT', 'in time'],
  ])(
    'reports a slow server that has sent nothing for a while (%s)',
    async (code, words) => {
      expect(await stalenessAfter(code, 7_000)).toEqual({
        who: 'cluster',
        since: new Date(1_000_000).toISOString(),
        age: 7,
        why: `The API server did not respond ${words}.`,
      });
    },
  );

  it('reports a server that refuses connections at once', async () => {
    expect(await stalenessAfter('ECONNREFUSED', 0)).toMatchObject({
      why: "The API server can't be reached (ECONNREFUSED).",
    });
  });
});
