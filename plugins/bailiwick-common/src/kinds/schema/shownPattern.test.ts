import { hiddenTitles, shownTitles } from '../../__fixtures__/titles';
import { shownPattern } from './shownPattern';

describe('shownPattern', () => {
  it.each(Object.entries(shownTitles))('takes %s', (_, title) => {
    expect(title).toMatch(shownPattern);
  });

  it.each(Object.entries(hiddenTitles))('refuses %s', (_, title) => {
    expect(title).not.toMatch(shownPattern);
  });

  it('rejects each control and format character except joiners, anywhere', () => {
    const passed: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const one = String.fromCodePoint(code);
      if (!/[\p{Cc}\p{Cf}]/u.test(one) || /[\n\r\t\u200c\u200d]/.test(one))
        continue;
      for (const neighbour of ['a', '\u0645', '\u0915', '\u{1f468}'])
        if (shownPattern.test(`${neighbour}${one}${neighbour}`))
          passed.push(`${code.toString(16)} by ${neighbour}`);
    }
    expect(passed).toEqual([]);
  });

  it.each(Object.entries(shownTitles))(
    'reads %s in one way only, so that a wrong end is found at once',
    (_, title) => {
      const long = `${title.repeat(20_000)}\u202e`;
      expect(shownPattern.test(long)).toBe(false);
    },
  );
});
