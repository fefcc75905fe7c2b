import { SampleRecorder } from './SampleRecorder';

type Row = Record<string, unknown>;

const rowsOf = (count: number, more: Row = {}): Row[] =>
  Array.from({ length: count }, (_each, index) => ({ item: index, ...more }));

describe('SampleRecorder', () => {
  async function sampleOf(...answers: Row[][]) {
    const recorder = new SampleRecorder();
    for (const [index, rows] of answers.entries())
      await recorder.record('loans', `f${index}`, { rows }, async () => ({
        rows,
      }));
    return recorder.samples.loans;
  }

  it('uses the first test with at least three rows', async () => {
    const sample = await sampleOf([], rowsOf(1), rowsOf(3), rowsOf(9));
    expect(sample).toEqual({ function: 'f2', rows: rowsOf(3) });
  });

  it('uses the first test with rows if none has three', async () => {
    expect(await sampleOf([], rowsOf(1), rowsOf(2))).toMatchObject({
      function: 'f1',
    });
    expect(await sampleOf([])).toBeUndefined();
  });

  it('uses at most 24 rows, and fewer large ones', async () => {
    expect((await sampleOf(rowsOf(100)))!.rows).toHaveLength(24);
    const wide = await sampleOf(rowsOf(10, { text: 'x'.repeat(900) }));
    expect(wide!.rows).toHaveLength(4);
    expect(
      await sampleOf(rowsOf(3, { text: 'x'.repeat(9000) })),
    ).toBeUndefined();
  });

  it('leaves out columns that differ when the call is repeated, and cells that are no plain values', async () => {
    const recorder = new SampleRecorder();
    let age = 0;
    const answer = () => {
      age += 1;
      return { rows: rowsOf(3, { age, nested: [1], none: null }) };
    };
    await recorder.record('loans', 'f', answer(), async () => answer());
    expect(Object.keys(recorder.samples.loans.rows[0])).toEqual([
      'item',
      'none',
    ]);
  });

  it('rounds fractions and keeps integers', async () => {
    const sample = await sampleOf(
      rowsOf(1, { part: 0.1 + 0.2, count: 1234567 }),
    );
    expect(sample!.rows).toEqual([{ item: 0, part: 0.3, count: 1234567 }]);
  });
});
