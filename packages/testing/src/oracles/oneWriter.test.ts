import { lease, passage } from './__fixtures__/passages';
import { oneWriter } from './oneWriter';

const write = (at: number, client: string, took = 1) =>
  passage({ at, done: at + took, client });

describe('O6', () => {
  it('is kept by writers one after the other', () => {
    expect(oneWriter([write(1, 'a'), write(3, 'a'), write(5, 'b')])).toEqual(
      [],
    );
    const withLease = [
      lease(1, 'a'),
      write(3, 'a'),
      lease(5, 'a'),
      write(7, 'a'),
      lease(20, 'b'),
      write(22, 'b'),
      lease(40, 'a'),
      write(42, 'a'),
    ];
    expect(oneWriter(withLease)).toEqual([]);
  });

  it('detects a writer that returns without a lease', () => {
    const writes = [write(1, 'a'), write(3, 'b'), write(5, 'a')];
    expect(oneWriter(writes)).toEqual([
      'O6: a wrote patch deployments desk--dev/prices after another one had begun',
    ]);
  });

  it('detects a writer after another one took the lease', () => {
    const writes = [lease(1, 'a'), lease(20, 'b'), write(30, 'a')];
    expect(oneWriter(writes)).toEqual([
      'O6: a wrote patch deployments desk--dev/prices without the lease',
    ]);
  });

  it('detects a writer before or without taking the lease', () => {
    const early = [lease(1, 'a'), write(5, 'b'), lease(20, 'b')];
    expect(oneWriter(early)).toHaveLength(1);
    expect(oneWriter([lease(1, 'a'), write(5, 'c')])).toEqual([
      'O6: c wrote patch deployments desk--dev/prices without the lease',
    ]);
  });

  it('notices a write that is still under way when the next one writes', () => {
    const slow = [lease(1, 'a'), write(15, 'a', 20), lease(20, 'b')];
    expect(oneWriter(slow)).toEqual([]);
    expect(oneWriter([...slow, write(25, 'b')])).toEqual([
      expect.stringMatching(/^O6: b wrote .* while a wrote/),
    ]);
    expect(oneWriter([write(1, 'a', 9), write(5, 'b')])).toHaveLength(1);
  });

  it('counts only writes that were carried out, and giving back is no taking', () => {
    const refused = passage({ at: 30, client: 'a', status: 409 });
    expect(oneWriter([lease(1, 'a'), lease(20, 'b'), refused])).toEqual([]);
    const given = [lease(1, 'a'), lease(9, 'a', ''), write(12, 'b')];
    expect(oneWriter(given)).toHaveLength(1);
  });
});
