import { FairQueue } from './FairQueue';

describe('FairQueue', () => {
  const queue = () => new FairQueue(key => key.split('/')[0]);
  const drain = (one: FairQueue) => {
    const keys: string[] = [];
    for (let key = one.take(); key; key = one.take()) keys.push(key);
    return keys;
  };

  it('serves owners in turn, regardless of their number of keys', () => {
    const fair = queue();
    for (const name of ['1', '2', '3', '4']) fair.add(`noisy/${name}`);
    fair.add('quiet/1');
    fair.add('quiet/2');
    expect(drain(fair)).toEqual([
      'noisy/1',
      'quiet/1',
      'noisy/2',
      'quiet/2',
      'noisy/3',
      'noisy/4',
    ]);
  });

  it('returns no removed key', () => {
    const fair = queue();
    fair.add('a/1');
    fair.add('a/2');
    expect(fair.delete('a/1')).toBe(true);
    expect(fair.delete('a/1')).toBe(false);
    expect(drain(fair)).toEqual(['a/2']);
  });
});
