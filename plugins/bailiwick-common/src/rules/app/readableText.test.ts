import { readableText } from './readableText';

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
  ])('converts %j to %j', (text, expected) => {
    expect(readableText(text)).toBe(expected);
  });

  it('needs no more time for malicious input', () => {
    const hostile = '\u001b['.repeat(8_000) + '\u001b]'.repeat(8_000);
    const start = performance.now();
    readableText(hostile);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
