import { configMap } from '../__testUtils__/ScriptedServer';
import { isSpecChange, ObjectStore, type Change } from './ObjectStore';

type Thing = ReturnType<typeof configMap>;
const told = (changes: Change<Thing>[]) =>
  changes.map(
    ({ type, object: { metadata } }) =>
      `${type} ${metadata.name}@${metadata.resourceVersion}`,
  );

describe('ObjectStore', () => {
  let store: ObjectStore<Thing>;
  beforeEach(() => {
    store = new ObjectStore<Thing>({
      parity: ({ data }) => [Number(data.version) % 2 ? 'odd' : 'even'],
    });
  });

  it('ignores an older version of the same object, also one with fewer digits', () => {
    store.put(configMap('a', 100));
    expect(store.put(configMap('a', 99))).toEqual([]);
    expect(told(store.put(configMap('a', 101)))).toEqual(['updated a@101']);
  });

  it('treats another UID as another object', () => {
    store.put(configMap('a', 1));
    expect(told(store.put(configMap('a', 2, 'other')))).toEqual([
      'deleted a@1',
      'added a@2',
    ]);
    // A list of a server that lags behind.
    expect(store.replace([configMap('a', 1)], '1')).toEqual([]);
    // A late deletion of the first one.
    expect(store.remove(configMap('a', 3))).toEqual([]);
    expect(store.size).toBe(1);
  });

  it('finds objects by index as they change', () => {
    store.put(configMap('a', 1));
    store.put(configMap('b', 3));
    store.put(configMap('a', 4));
    const names = (value: string) =>
      store.index('parity', value).map(({ metadata }) => metadata.name);
    expect(names('odd')).toEqual(['b']);
    expect(names('even')).toEqual(['a']);
    expect(() => store.index('colour', 'red')).toThrow(
      'Unknown index "colour"',
    );
  });

  it('keeps the order of the list when an object changes', () => {
    for (const name of ['a', 'b', 'c']) store.put(configMap(name, 1));
    store.put(configMap('a', 2));
    store.replace([configMap('b', 3), configMap('a', 2)], '3');
    expect(store.list().map(({ metadata }) => metadata.name)).toEqual([
      'a',
      'b',
    ]);
  });

  describe('of own writes', () => {
    beforeEach(() => store.replace([configMap('a', 5)], '10'));

    it('shows writes before the watch does, and applies them once', () => {
      expect(told(store.learn(configMap('a', 12)))).toEqual(['updated a@12']);
      expect(store.put(configMap('a', 12))).toEqual([]);
    });

    it('drops writes that the watch has passed: the object may be deleted', () => {
      store.advance('15');
      expect(store.learn(configMap('b', 14))).toEqual([]);
      expect(store.get('b', 'default')).toBeUndefined();
    });

    it('keeps those that are newer than a list', () => {
      store.learn(configMap('b', 12));
      expect(told(store.replace([], '11'))).toEqual(['deleted a@5']);
      expect(store.get('b', 'default')).toBeDefined();
    });
  });

  it('believes a server that was set back', () => {
    store.replace([configMap('a', 50), configMap('b', 60)], '60');
    expect(told(store.replace([configMap('a', 5)], '9', true))).toEqual([
      'deleted b@60',
      'updated a@5',
    ]);
    expect(told(store.put(configMap('a', 10)))).toEqual(['updated a@10']);
  });
});

describe('isSpecChange', () => {
  const at = (generation: number, deletionTimestamp?: string) => {
    const object = configMap('a', generation);
    return {
      ...object,
      metadata: { ...object.metadata, generation, deletionTimestamp },
    };
  };

  it('distinguishes status changes from others', () => {
    const change = (object: Thing, previous?: Thing) =>
      isSpecChange({ object, previous });
    expect(change(at(1))).toBe(true);
    expect(change(at(1), at(1))).toBe(false);
    expect(change(at(2), at(1))).toBe(true);
    expect(change(at(1, '2026-01-01T00:00:00Z'), at(1))).toBe(true);
  });
});
