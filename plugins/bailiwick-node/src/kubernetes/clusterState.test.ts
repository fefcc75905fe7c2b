import { createMockDirectory } from '@backstage/backend-test-utils';
import { progressMessage, readClusterState } from './clusterState';

const step = (title: string, state: 'done' | 'running' | 'waiting') => ({
  name: title,
  title,
  state,
});

describe('readClusterState', () => {
  const directory = createMockDirectory();

  it('reads what the cluster tells', async () => {
    const state = { phase: 'starting', steps: [] };
    directory.setContent({ 'state.json': JSON.stringify(state) });
    await expect(
      readClusterState(directory.resolve('state.json')),
    ).resolves.toEqual(state);
  });

  it.each([undefined, 'none.json', 'half.json'])(
    'knows nothing from %s',
    async name => {
      directory.setContent({ 'half.json': '{"phase": "sta' });
      const file = name && directory.resolve(name);
      await expect(readClusterState(file)).resolves.toBeUndefined();
    },
  );
});

describe('progressMessage', () => {
  it('names the step that runs', () => {
    const steps = [step('Binaries', 'done'), step('API server', 'running')];
    expect(progressMessage(false, { phase: 'starting', steps })).toMatch(
      /starting: API server/,
    );
  });

  it('says that it waits when nothing is known', () => {
    expect(progressMessage(false, undefined)).toMatch(/^Waiting/);
  });

  it('says that it is ready once connected', () => {
    expect(progressMessage(true, { phase: 'starting', steps: [] })).toMatch(
      /is ready/,
    );
  });

  it('says why a cluster that was ready is not', () => {
    const stale = {
      who: 'cluster' as const,
      since: '',
      age: 12,
      why: 'The API server is away.',
    };
    expect(progressMessage(true, undefined, stale)).toMatch(
      /^The API server is away. The page may be out of date/,
    );
  });

  it('tells a failure with its remedy before anything else', () => {
    const error = { message: 'No disk space.', remedy: 'Free 5 GB.' };
    expect(progressMessage(true, { phase: 'failed', steps: [], error })).toBe(
      'No disk space. Free 5 GB.',
    );
  });
});
