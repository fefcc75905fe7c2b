import type { Connectivity } from './Target';
import { stalenessOf } from './lastKnownState';
import type { Target } from './Target';

const now = '2026-11-21T10:00:00.000Z';
const unreachable: Connectivity = {
  phase: 'unreachable',
  since: '2026-11-21T09:00:00.000Z',
  reason: 'Unreachable',
  why: 'The API server timed out',
};

describe('staleness of the known state', () => {
  const stale = (
    connectivity: Connectivity,
    before?: { since: string; why: string },
  ) =>
    stalenessOf(
      { cluster: 'west', target: { name: 'west', connectivity } as Target },
      before,
      now,
    );

  it('is undefined while the cluster is connected', () => {
    expect(
      stale({ phase: 'connected' }, { since: now, why: 'x' }),
    ).toBeUndefined();
  });

  it('begins when the connection is lost, and is kept across restarts of the operator', () => {
    const first = stale(unreachable);
    expect(first).toEqual({
      since: unreachable.since,
      why: 'Cluster west is unreachable: The API server timed out.',
    });
    expect(stale(unreachable, first)).toEqual(first);
    // A restarted operator keeps the staleness in the status.
    const later = { ...unreachable, since: now };
    expect(stale(later, first)).toEqual(first);
    expect(stale({ phase: 'connecting' }, first)).toEqual(first);
  });

  it('names a cluster that does not exist', () => {
    expect(stalenessOf({ cluster: 'west' }, undefined, now)).toEqual({
      since: now,
      why: 'Cluster "west" was not found.',
    });
  });
});
