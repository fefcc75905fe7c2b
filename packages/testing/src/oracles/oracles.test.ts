import { lease, passage } from './__fixtures__/passages';
import { boundedRate } from './boundedRate';
import {
  noMoreThan,
  noOrphans,
  noSecrets,
  quiet,
  quietOf,
  sameEndState,
  untouched,
} from './oracles';

const every = (milliseconds: number, count: number, changes = {}) =>
  Array.from({ length: count }, (_, i) =>
    passage({ at: i * milliseconds, ...changes }),
  );

describe('O1', () => {
  it('detects differences, missing and additional objects', () => {
    const wanted = { a: { spec: { replicas: 1 } }, b: {} };
    expect(sameEndState(wanted, structuredClone(wanted))).toEqual([]);
    const found = { a: { spec: { replicas: 2 } }, c: {} };
    expect(sameEndState(wanted, found)).toEqual([
      'O1: a.spec.replicas is 2, not 1',
      'O1: b is undefined, not {}',
      'O1: c is {}, not undefined',
    ]);
  });
});

describe('O2', () => {
  const made = (tenant: string) =>
    passage({ namespace: `${tenant}--dev`, status: 201 });
  const deleted = (tenant: string) =>
    passage({ namespace: `${tenant}--dev`, verb: 'delete' });
  const reference = { tenant: 'calm', writes: [made('calm')] };

  it('detects objects that are created or deleted more often than in the reference', () => {
    const once = { tenant: 'wild', writes: [made('wild')] };
    expect(noMoreThan(reference, once)).toEqual([]);
    const twice = { tenant: 'wild', writes: [made('wild'), made('wild')] };
    expect(noMoreThan(reference, twice)).toEqual([
      'O2: create deployments TENANT--dev/prices 2 times, not 1',
    ]);
    const gone = { tenant: 'wild', writes: [deleted('wild')] };
    expect(noMoreThan(reference, gone)).toHaveLength(1);
  });
});

describe('O3', () => {
  it('detects changed, deleted and remaining objects', () => {
    const before = new Map([
      ['Service a/b', 'uid 1'],
      ['Service a/c', 'uid 1'],
    ]);
    expect(untouched(before, before)).toEqual([]);
    const after = new Map([['Service a/b', 'uid 2']]);
    expect(untouched(before, after)).toHaveLength(2);
    expect(noOrphans({})).toEqual([]);
    expect(noOrphans({ 'Service a/b': {} })).toHaveLength(1);
  });
});

describe('O4', () => {
  it('notices every write but those of leases, also refused ones', () => {
    expect(quiet([lease(1, 'a'), passage({ verb: 'watch' })])).toEqual([]);
    expect(quiet([passage({ status: 409 })])).toEqual([
      'O4: patch deployments desk--dev/prices although nothing changed',
    ]);
  });

  it('distinguishes the writes of tenants', () => {
    const tenant = { resource: 'tenants', namespace: undefined, name: 'desk' };
    const all = [
      passage(),
      passage(tenant),
      passage({ namespace: 'desk2--x' }),
    ];
    expect(quietOf('desk', all)).toHaveLength(2);
  });
});

describe('O7', () => {
  const limits = { total: 100, perCall: 50, perObject: 10 };

  it('accepts rates within the limits', () => {
    expect(boundedRate(every(250, 100), limits)).toEqual([]);
  });

  it('notices a burst, whatever the calls are', () => {
    const mixed = every(5, 110).map((one, i) => ({
      ...one,
      verb: 'get' as const,
      resource: `kind-${i % 5}`,
    }));
    expect(boundedRate(mixed, limits)).toEqual([
      'O7: 110 times requests within 1000 ms, not 100',
    ]);
  });

  it('notices too many calls of one kind, and of one object', () => {
    const lists = every(10, 60, { verb: 'list', name: undefined });
    expect(boundedRate(lists, limits)).toEqual([
      'O7: 60 times list deployments within 1000 ms, not 50',
    ]);
    expect(boundedRate(every(50, 12), limits)).toEqual([
      'O7: 12 times patch deployments desk--dev/prices  within 1000 ms, not 10',
    ]);
  });

  it('detects a long sequence even if each second is within the limits', () => {
    expect(boundedRate(every(125, 80), limits)).toEqual([
      'O7: 80 times patch deployments desk--dev/prices  within 10000 ms, not 50',
    ]);
  });
});

describe('O8', () => {
  it('notices a secret in the log and in events', () => {
    const line = { level: 'info', message: 'The token is s3cret' };
    expect(noSecrets(['s3cret'], [line])).toHaveLength(1);
    expect(noSecrets(['s3cret'], [], [{ note: 's3cret' }])).toHaveLength(1);
    expect(noSecrets(['s3cret'], [{ ...line, message: '' }])).toEqual([]);
  });
});
