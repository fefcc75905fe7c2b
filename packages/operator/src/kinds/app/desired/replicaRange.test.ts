import { readReplicaRange, replicaRangeMark } from './replicaRange';

const marked = (annotations?: Record<string, string>) =>
  readReplicaRange({ metadata: { name: 'feed', annotations } });

describe('readReplicaRange', () => {
  it('reads what was written', () => {
    const range = { min: 2, max: 14 };
    expect(marked(replicaRangeMark(range))).toEqual(range);
  });

  it.each([undefined, {}, { 'bailiwick.dev/replica-range': '2-' }])(
    'finds nothing in %j',
    annotations => {
      expect(marked(annotations)).toBeUndefined();
    },
  );
});
