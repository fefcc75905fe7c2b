import { withLastWords } from './sideband';

async function answered(
  parts: (string | Buffer)[],
  words: string | undefined,
): Promise<string> {
  async function* answer() {
    for (const part of parts) yield Buffer.from(part);
  }
  const out: Buffer[] = [];
  for await (const part of withLastWords(answer(), async () => words)) {
    out.push(part);
  }
  return Buffer.concat(out).toString();
}

describe('withLastWords', () => {
  it('puts the words before the end of a multiplexed answer', async () => {
    const answer = ['000a\x01', 'abcd', 'e00', '00'];
    expect(await answered(answer, 'Saved.')).toBe(
      '000a\x01abcde000c\x02Saved.\n0000',
    );
  });

  it('counts bytes, not letters', async () => {
    expect(await answered(['0006\x01a0000'], 'é')).toBe(
      '0006\x01a0008\x02é\n0000',
    );
  });

  it.each([
    ['there are no words', '0006\x01a0000', undefined],
    ['the answer is not multiplexed', '000eunpack ok\n0000', 'Saved.'],
    ['the answer is cut off', '000a\x01abc', 'Saved.'],
    ['the answer is short', '00', 'Saved.'],
    ['the answer is empty', '', 'Saved.'],
  ])('changes nothing when %s', async (_when, answer, words) => {
    expect(await answered([answer], words)).toBe(answer);
  });
});
