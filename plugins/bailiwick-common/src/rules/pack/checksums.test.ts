import { checksumNames, checksumProblem, checksums } from './checksums';

describe.each(checksumNames)('the checksum %s', name => {
  const { invalid, valid } = checksums[name];

  it.each(valid)('accepts %s', text => {
    expect(checksumProblem(name, text)).toBeUndefined();
  });

  it.each(Object.entries(invalid))(
    'refuses "%s", and says what is right instead',
    (text, words) => {
      expect(checksumProblem(name, text)).toBe(words);
    },
  );

  it('notices each wrong last digit', () => {
    const wrong = valid.flatMap(text =>
      [...'0123456789']
        .filter(digit => !text.endsWith(digit))
        .map(digit => text.slice(0, -1) + digit),
    );
    expect(wrong.filter(text => !checksumProblem(name, text))).toEqual([]);
  });

  it('names the check digits that would be valid', () => {
    const refused = [
      ...Object.keys(invalid),
      ...valid.flatMap(text =>
        [...'0123456789'].map(digit =>
          // Digits inside of texts, behind letters and check digits at the front.
          text.replace(/[0-9](?=.{1,3}$)/, digit),
        ),
      ),
    ].flatMap(text => {
      const needed = /: (\d+); the other characters need (\d+)$/.exec(
        checksumProblem(name, text) ?? '',
      );
      return needed ? [{ text, given: needed[1], right: needed[2] }] : [];
    });
    expect(refused.length).toBeGreaterThan(5);
    for (const { given, right, text } of refused) {
      const corrected = [2, text.length - given.length].map(
        at => text.slice(0, at) + right + text.slice(at + given.length),
      );
      expect(corrected.map(one => checksumProblem(name, one))).toContain(
        undefined,
      );
    }
  });
});

it('refuses a checksum that there is not', () => {
  expect(checksumProblem('toString', '1')).toMatch(
    /unknown checksum "toString"; known checksums: gs1,/,
  );
});
