import { Turns } from './Turns';

describe('Turns', () => {
  it('gives two of one tenant, and the next one when one has ended', () => {
    const turns = new Turns();
    const first = turns.take('desk');
    turns.take('desk');
    expect(() => turns.take('desk')).toThrow(
      '2 archives of "desk" are being taken now; wait until one of these downloads has ended',
    );
    first.end();
    first.end();
    turns.take('desk');
    expect(() => turns.take('desk')).toThrow('being taken');
  });

  it('gives six in all', () => {
    const turns = new Turns();
    const taken = [1, 2, 3, 4, 5, 6].map(one => turns.take(`t${one}`));
    expect(() => turns.take('desk')).toThrow('try again in a few minutes');
    taken[3].end();
    expect(turns.take('desk')).toBeDefined();
  });
});
