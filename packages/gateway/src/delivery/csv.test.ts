import { toCsv } from './csv';

describe('toCsv', () => {
  it('begins with the columns and ends every line with CRLF', () => {
    expect(toCsv(['a', 'b'], [{ b: 2, a: 1 }])).toBe('a,b\r\n1,2\r\n');
  });

  it('writes the header alone for an empty table', () => {
    expect(toCsv(['a'], [])).toBe('a\r\n');
  });

  it('quotes commas, quotes and line breaks', () => {
    const rows = [
      { a: 'x,y' },
      { a: 'say "x"' },
      { a: 'one\ntwo' },
      { a: '\r' },
    ];
    expect(toCsv(['a'], rows)).toBe(
      'a\r\n"x,y"\r\n"say ""x"""\r\n"one\ntwo"\r\n"\r"\r\n',
    );
  });

  it('leaves a cell empty for null and for what is not there', () => {
    expect(toCsv(['a', 'b'], [{ a: null }])).toBe('a,b\r\n,\r\n');
  });

  it('writes numbers, truth values and structures as JSON has them', () => {
    expect(toCsv(['a', 'b', 'c'], [{ a: 1e21, b: false, c: [1] }])).toBe(
      'a,b,c\r\n1e+21,false,[1]\r\n',
    );
  });
});
