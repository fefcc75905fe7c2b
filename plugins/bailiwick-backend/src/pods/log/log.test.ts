import { longestLine, readLines } from './readLines';
import { readableText } from './readableText';

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
  it('joins what arrives in parts, also within a character', async () => {
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

  it('cuts a line of ten megabytes and says so, and goes on after it', async () => {
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

describe('readableText', () => {
  it.each([
    ['\u001b[31mred\u001b[0m and \u001b[1;38;5;9mmore', 'red and more'],
    ['\u001b]0;a title\u0007text', 'text'],
    ['\u001b]8;;http://evil.test\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['\u001b[2J\u001b[1;1Hgone', 'gone'],
    ['\u009b31mred', 'red'],
    ['\u001bPdevice\u001b\\text', 'text'],
    ['\u001bcreset', 'reset'],
    ['half \u001b[3', 'half <U+001B>[3'],
    ['bell\u0007 back\bspace', 'bell<U+0007> back<U+0008>space'],
    ['progress 1%\rprogress 2%', 'progress 1%<U+000D>progress 2%'],
    ['nul\0', 'nul<U+0000>'],
    ['abc\u202egnp.exe', 'abc<U+202E>gnp.exe'],
    ['zero\u200bwidth', 'zero<U+200B>width'],
    ['a\tb <b>bold</b> & more', 'a\tb <b>bold</b> & more'],
    ['Überschuß 株価 📈', 'Überschuß 株価 📈'],
  ])('makes of %j %j', (text, expected) => {
    expect(readableText(text)).toBe(expected);
  });

  it('takes no longer for what is made to be slow', () => {
    const hostile = '\u001b['.repeat(8_000) + '\u001b]'.repeat(8_000);
    const start = performance.now();
    readableText(hostile);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
