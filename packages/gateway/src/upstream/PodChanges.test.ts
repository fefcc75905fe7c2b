import { PodChanges } from './PodChanges';

describe('PodChanges', () => {
  let changes: PodChanges;

  beforeEach(() => {
    jest.useFakeTimers();
    changes = new PodChanges();
  });
  afterEach(() => jest.useRealTimers());

  it('knows no change of pods that it sees first', () => {
    expect(changes.isRecent('desk--dev/feed', 'a')).toBe(false);
    expect(changes.isRecent('desk--dev/feed', 'a')).toBe(false);
  });

  it('knows a change for five seconds, of this app only', () => {
    changes.isRecent('desk--dev/feed', 'a');
    changes.isRecent('desk--dev/other', 'a');
    expect(changes.isRecent('desk--dev/feed', 'b')).toBe(true);
    jest.advanceTimersByTime(4_900);
    expect(changes.isRecent('desk--dev/feed', 'b')).toBe(true);
    expect(changes.isRecent('desk--dev/other', 'a')).toBe(false);
    jest.advanceTimersByTime(200);
    expect(changes.isRecent('desk--dev/feed', 'b')).toBe(false);
  });

  it('keeps what it knows while the pods are unknown', () => {
    changes.isRecent('desk--dev/feed', 'a');
    expect(changes.isRecent('desk--dev/feed', undefined)).toBe(false);
    expect(changes.isRecent('desk--dev/feed', 'a')).toBe(false);
    changes.isRecent('desk--dev/feed', 'b');
    expect(changes.isRecent('desk--dev/feed', undefined)).toBe(true);
  });
});
