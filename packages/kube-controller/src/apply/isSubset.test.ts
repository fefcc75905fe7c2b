import { isSubset, parseQuantity } from './isSubset';

describe('isSubset', () => {
  it.each([
    ['fields that only the live object has', { a: 1, b: 2 }, { a: 1 }],
    ['fields that are not wanted', { a: 1 }, { a: 1, b: undefined }],
    [
      'empty lists and objects that are not sent back',
      {},
      { list: [], object: {} },
    ],
    [
      'defaults within list items',
      { l: [{ port: 80, protocol: 'TCP' }] },
      { l: [{ port: 80 }] },
    ],
    [
      'named items in another order and with others among them',
      { l: [{ name: 'sidecar' }, { name: 'b', x: 1 }, { name: 'a' }] },
      { l: [{ name: 'a' }, { name: 'b', x: 1 }] },
    ],
    [
      'quantities written differently',
      { hard: { cpu: '1' } },
      { hard: { cpu: '1000m' } },
    ],
    [
      'quantities in other units',
      { limits: { memory: '1Gi' } },
      { limits: { memory: '1024Mi' } },
    ],
  ])('accepts %s', (_, live, desired) => {
    expect(isSubset(desired, live)).toBe(true);
  });

  it.each([
    ['another value', { a: 1 }, { a: 2 }],
    ['a missing field', {}, { a: 1 }],
    ['a missing list item', { l: [1] }, { l: [1, 2] }],
    ['an additional plain list item', { l: [1, 2] }, { l: [1] }],
    ['an item of another name', { l: [{ name: 'a' }] }, { l: [{ name: 'b' }] }],
    [
      'texts that only look like quantities',
      { data: { x: '1' } },
      { data: { x: '1000m' } },
    ],
    ['false where true is wanted', { a: false }, { a: true }],
  ])('notices %s', (_, live, desired) => {
    expect(isSubset(desired, live)).toBe(false);
  });
});

describe('parseQuantity', () => {
  it.each([
    ['500m', 0.5],
    ['2', 2],
    ['1.5', 1.5],
    ['4Gi', 4 * 2 ** 30],
    ['1k', 1000],
  ])('reads %s', (text, number) => {
    expect(parseQuantity(text)).toBe(number);
  });

  it.each(['', 'abc', '1xy', '-1'])('refuses "%s"', text => {
    expect(parseQuantity(text)).toBeUndefined();
  });

  it('finds a name that another writer used again', () => {
    const ours = { name: 'tmp', mountPath: '/tmp' };
    const theirs = { name: 'tmp', mountPath: '/injected' };
    const desired = { volumeMounts: [ours] };
    expect(isSubset(desired, { volumeMounts: [ours, theirs] })).toBe(true);
    expect(isSubset(desired, { volumeMounts: [theirs, ours] })).toBe(true);
    expect(isSubset(desired, { volumeMounts: [theirs] })).toBe(false);
  });

  it('sees one more person with rights, but leaves a container that others added', () => {
    const one = { kind: 'User', name: 'bea' };
    const other = { kind: 'User', name: 'mallory' };
    expect(isSubset({ subjects: [one] }, { subjects: [one, other] })).toBe(
      false,
    );
    expect(isSubset({ subjects: [one] }, { subjects: [one] })).toBe(true);
    expect(isSubset({ containers: [one] }, { containers: [one, other] })).toBe(
      true,
    );
  });
});
