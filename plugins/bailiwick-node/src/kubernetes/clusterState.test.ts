import { createMockDirectory } from '@backstage/backend-test-utils';
import type { Cluster } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { nodeWarning, progressMessage, readClusterState } from './clusterState';

const step = (title: string, state: 'done' | 'running' | 'waiting') => ({
  name: title,
  title,
  state,
});

describe('readClusterState', () => {
  const directory = createMockDirectory();

  it('reads the cluster’s state', async () => {
    const state = { phase: 'starting', steps: [] };
    directory.setContent({ 'state.json': JSON.stringify(state) });
    await expect(
      readClusterState(directory.resolve('state.json')),
    ).resolves.toEqual(state);
  });

  it.each([undefined, 'none.json', 'half.json'])(
    'reads nothing from %s',
    async name => {
      directory.setContent({ 'half.json': '{"phase": "sta' });
      const file = name && directory.resolve(name);
      await expect(readClusterState(file)).resolves.toBeUndefined();
    },
  );
});

describe('nodeWarning', () => {
  const cluster = (name: string, reason: string, spec: object = {}) =>
    ({
      metadata: { name },
      spec,
      status: {
        conditions: [
          { type: 'NodesReady', reason, message: `The node ${name}-1 is away` },
        ],
      },
    } as unknown as Cluster);
  const other = { credentials: { secret: 'west' } };

  it('names a node of the own cluster', () => {
    expect(
      nodeWarning([
        cluster('west', 'NodeNotReady', other),
        cluster('local', 'NodeNotReady'),
      ]),
    ).toMatch(/^The node local-1 is away. Apps on it may still respond/);
  });

  it.each([
    ['nodes that are ready', [cluster('local', 'NodesReady')]],
    ['another cluster', [cluster('west', 'NodeNotReady', other)]],
    ['no cluster', []],
  ])('is silent about %s', (_, clusters) => {
    expect(nodeWarning(clusters)).toBeUndefined();
  });
});

describe('progressMessage', () => {
  it('warns of a node, and not while something worse is known', () => {
    const warning = 'Node a does not report.';
    expect(progressMessage(true, undefined, { warning })).toBe(warning);
    const stale = { who: 'operator' as const, since: '', age: 5, why: 'Away.' };
    expect(progressMessage(true, undefined, { stale, warning })).toBe('Away.');
  });

  it('names the step that runs', () => {
    const steps = [step('Binaries', 'done'), step('API server', 'running')];
    expect(progressMessage(false, { phase: 'starting', steps })).toMatch(
      /starting: API server/,
    );
  });

  it('reports that it waits when nothing is known', () => {
    expect(progressMessage(false, undefined)).toMatch(/^Waiting/);
  });

  it('reports that it is ready once connected', () => {
    expect(progressMessage(true, { phase: 'starting', steps: [] })).toMatch(
      /is ready/,
    );
  });

  it('reports why a ready cluster no longer is', () => {
    const stale = {
      who: 'cluster' as const,
      since: '',
      age: 12,
      why: 'The API server is away.',
    };
    expect(progressMessage(true, undefined, { stale })).toMatch(
      /^The API server is away. The page may be out of date/,
    );
  });

  it('reports a failure with its remedy before anything else', () => {
    const error = { message: 'No disk space.', remedy: 'Free 5 GB.' };
    expect(progressMessage(true, { phase: 'failed', steps: [], error })).toBe(
      'No disk space. Free 5 GB.',
    );
  });
});
