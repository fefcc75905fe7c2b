import fc from 'fast-check';
import { RowLog } from './RowLog';

const bounds = { rows: 1_000, bytes: 1_000_000 };
const everything = Infinity;

/** Appends rows of the form `A1`: the value 1 of the cell A. */
function logOf(rows: string[], limits = bounds): RowLog {
  const log = new RowLog(limits);
  for (const row of rows) log.append(row, 1, row[0]);
  return log;
}

const textsAfter = (log: RowLog, position: number, isMerged = false) =>
  log.after(position, everything, isMerged).entries.map(({ text }) => text);

describe('RowLog', () => {
  it('gives a new reader the newest row of each cell, in the order of their arrival', () => {
    const log = logOf(['A1', 'B1', 'A2', 'C1']);
    log.settle();
    log.settle();
    expect(textsAfter(log, 0)).toEqual(['B1', 'A2', 'C1']);
    expect(textsAfter(log, 3)).toEqual(['C1']);
    expect(textsAfter(log, log.last)).toEqual([]);
  });

  it('gives a reader that keeps up every row, and a reader that asks for less the newest', () => {
    const log = logOf(['A1']);
    log.settle();
    for (const row of ['A2', 'A3', 'B1']) log.append(row, 1, row[0]);
    log.settle();
    expect(textsAfter(log, 1)).toEqual(['A2', 'A3', 'B1']);
    expect(textsAfter(log, 1, true)).toEqual(['A3', 'B1']);
    log.settle();
    expect(textsAfter(log, 1)).toEqual(['A3', 'B1']);
  });

  it('keeps all rows of a stream without key, and begins with the newest item', () => {
    const log = new RowLog(bounds);
    log.append('1', 1);
    log.append('[2,3]', 2);
    log.settle();
    log.settle();
    expect(textsAfter(log, 0)).toEqual(['1', '[2,3]']);
    expect(textsAfter(log, log.beforeNewest)).toEqual(['[2,3]']);
    expect(log.last).toBe(3);
  });

  it('evicts the oldest rows beyond its bounds, and tells up to which', () => {
    const log = logOf(['A1', 'B1', 'A2', 'C1', 'D1'], { ...bounds, rows: 3 });
    expect(log.evicted).toBe(2);
    expect(textsAfter(log, 0)).toEqual(['A2', 'C1', 'D1']);
    log.append('B2', 1, 'B');
    expect(log.evicted).toBe(3);
  });

  it('stays small, however often a cell changes', () => {
    const log = new RowLog({ rows: 10, bytes: 10_000 });
    for (let value = 0; value < 100_000; value += 1)
      log.append(`A${value}`, 1, 'A');
    expect(log.bytes).toBeLessThan(30_000);
    expect(log.evicted).toBe(0);
    log.settle();
    log.settle();
    expect(textsAfter(log, 0)).toEqual(['A99999']);
  });

  it('leaves every reader with the newest value of each cell, whenever it reads', () => {
    const step = fc.oneof(
      fc.record({ cell: fc.constantFrom('A', 'B', 'C', 'D') }),
      fc.constantFrom('settle', 'read'),
    );
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 400 }),
        fc.boolean(),
        (steps, isMerged) => {
          const log = new RowLog(bounds);
          const newest = new Map<string, string>();
          const seen = new Map<string, string>();
          let position = 0;
          const read = () => {
            const part = log.after(position, 8, isMerged);
            for (const { key, text } of part.entries) seen.set(key!, text);
            position = part.position;
          };
          steps.forEach((one, index) => {
            if (one === 'settle') log.settle();
            else if (one === 'read') read();
            else {
              const { cell } = one as { cell: string };
              log.append(`${index}`, 1, cell);
              newest.set(cell, `${index}`);
            }
          });
          while (position < log.last) read();
          expect(seen).toEqual(newest);
        },
      ),
    );
  });
});
