import { deriveReady, setCondition } from './conditions';

const early = new Date('2026-01-01T00:00:00Z');
const late = new Date('2026-01-02T00:00:00Z');
const good = {
  type: 'A',
  status: 'True' as const,
  reason: 'Fine',
  message: 'All is well',
};

describe('setCondition', () => {
  it('keeps the transition time while the status is unchanged, and updates the message', () => {
    const first = setCondition([], good, early);
    const [second] = setCondition(
      first,
      { ...good, message: 'Still well' },
      late,
    );
    expect(second).toEqual({
      ...good,
      message: 'Still well',
      lastTransitionTime: '2026-01-01T00:00:00Z',
    });
  });

  it('changes the transition time with the status, and leaves other conditions alone', () => {
    const first = setCondition(
      setCondition([], good, early),
      { ...good, type: 'B' },
      early,
    );
    const second = setCondition(first, { ...good, status: 'False' }, late);
    expect(
      second.map(({ type, lastTransitionTime }) => [type, lastTransitionTime]),
    ).toEqual([
      ['A', '2026-01-02T00:00:00Z'],
      ['B', '2026-01-01T00:00:00Z'],
    ]);
  });
});

describe('deriveReady', () => {
  const ready = { reason: 'AllReady', message: 'Everything is ready' };
  const conditions = (a: 'True' | 'False' | 'Unknown') =>
    setCondition(
      setCondition([], { ...good, status: a, reason: 'ItsReason' }),
      { ...good, type: 'B' },
    );

  it('is true with its own words when all are true', () => {
    expect(deriveReady(conditions('True'), ['A', 'B'], ready)).toMatchObject({
      status: 'True',
      ...ready,
    });
  });

  it.each(['False', 'Unknown'] as const)(
    'takes over the message of one that is %s',
    status => {
      expect(deriveReady(conditions(status), ['A', 'B'], ready)).toMatchObject({
        status,
        reason: 'ItsReason',
      });
    },
  );

  it('is unknown while one is not stated', () => {
    expect(deriveReady(conditions('True'), ['A', 'B', 'C'], ready).status).toBe(
      'Unknown',
    );
  });
});
