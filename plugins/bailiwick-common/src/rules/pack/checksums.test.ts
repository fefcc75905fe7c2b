import { checksumNames, checksumProblem, checksums } from './checksums';

describe.each(checksumNames)('the checksum %s', name => {
  const { invalid, problem, valid } = checksums[name];

  it.each(valid)('takes %s', text => {
    expect(checksumProblem(name, text)).toBeUndefined();
  });

  it.each(invalid)('refuses "%s", and names a right one', text => {
    expect(checksumProblem(name, text)).toBe(
      `${problem}; a right one is ${valid[0]}`,
    );
  });

  it('notices each wrong last digit', () => {
    const wrong = valid.flatMap(text =>
      [...'0123456789']
        .filter(digit => !text.endsWith(digit))
        .map(digit => text.slice(0, -1) + digit),
    );
    expect(wrong.filter(text => !checksumProblem(name, text))).toEqual([]);
  });
});

it('refuses a checksum that there is not', () => {
  expect(checksumProblem('toString', '1')).toMatch(
    /unknown checksum "toString"; known checksums: gs1,/,
  );
});
