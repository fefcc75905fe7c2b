import { longestLine, readLines } from './readLines';

async function* inParts(...parts: (string | Uint8Array)[]) {
  for (const part of parts)
    yield typeof part === 'string' ? new TextEncoder().encode(part) : part;
}

async function linesOf(...parts: (string | Uint8Array)[]) {
  const lines: string[] = [];
  for await (const line of readLines(inParts(...parts))) lines.push(line);
  return lines;
}

describe('readLines', () => {
  it('joins chunks, also within a character', async () => {
    const euro = new TextEncoder().encode('€');
    expect(
      await linesOf('a\nb', 'c\n\n', euro.subarray(0, 1), euro.subarray(1)),
    ).toEqual(['a', 'bc', '', '€']);
    expect(await linesOf()).toEqual([]);
    expect(await linesOf('\n')).toEqual(['']);
  });

  it('shows bytes that are no text as such', async () => {
    expect(await linesOf(new Uint8Array([0x61, 0xff, 0x62]))).toEqual(['a�b']);
  });

  it('truncates a line of ten megabytes with a note, and continues after it', async () => {
    const part = 'x'.repeat(100_000);
    const parts = Array.from({ length: 100 }, () => part);
    const [long, next] = await linesOf(...parts, '\nnext\n');
    expect(long).toBe(
      `${'x'.repeat(longestLine)} … (${
        10_000_000 - longestLine
      } more characters)`,
    );
    expect(next).toBe('next');
  });
});
