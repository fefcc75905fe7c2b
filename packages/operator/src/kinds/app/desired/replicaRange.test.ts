import { readReplicaRange, replicaRangeMark } from './replicaRange';

const marked = (annotations?: Record<string, string>) =>
  readReplicaRange({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'feed', annotations },
  });

describe('readReplicaRange', () => {
  it('reads what was written', () => {
    const range = { min: 2, max: 14 };
    expect(marked(replicaRangeMark(range))).toEqual(range);
  });

  it('finds nothing in other annotations', () => {
    expect(marked()).toBeUndefined();
    expect(marked({})).toBeUndefined();
    expect(marked({ 'bailiwick.dev/replica-range': '2-' })).toBeUndefined();
  });
});
