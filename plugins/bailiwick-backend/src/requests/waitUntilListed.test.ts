import type { Change, KubeObject } from '@bailiwick/backstage-kube-controller';
import { waitUntilListed } from './waitUntilListed';

const created: KubeObject = {
  apiVersion: 'bailiwick.dev/v1alpha1',
  kind: 'ChangeRequest',
  metadata: { name: 'desk-create-1' },
};

describe('waitUntilListed', () => {
  const objects = new Map<string, KubeObject>();
  const listeners = new Set<(change: Change<KubeObject>) => void>();
  const list = {
    get: (name: string) => objects.get(name),
    subscribe(listener: (change: Change<KubeObject>) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const add = (object: KubeObject) => {
    objects.set(object.metadata.name, object);
    for (const listener of listeners) listener({ type: 'added', object });
  };

  beforeEach(() => {
    objects.clear();
    jest.useFakeTimers();
  });
  afterEach(() => jest.useRealTimers());

  it('ends when the watch delivers the object, and no sooner', async () => {
    const ended = jest.fn();
    const wait = waitUntilListed(list, created).then(ended);
    add({ ...created, metadata: { name: 'another' } });
    await jest.advanceTimersByTimeAsync(100);
    expect(ended).not.toHaveBeenCalled();
    add(created);
    await wait;
    expect([listeners.size, jest.getTimerCount()]).toEqual([0, 0]);
  });

  it('ends at once if the object exists', async () => {
    add(created);
    await waitUntilListed(list, created);
    expect(listeners.size).toBe(0);
  });

  it('ends after two seconds when the watch is down', async () => {
    const wait = waitUntilListed(list, created);
    await jest.advanceTimersByTimeAsync(2000);
    await wait;
    expect(listeners.size).toBe(0);
  });
});
