import { formatNames, formatProblem, formats } from './formats';

describe.each(formatNames)('the format %s', name => {
  const { invalid, valid, words } = formats[name];

  it.each(valid)('takes %s', text => {
    expect(formatProblem(name, text)).toBeUndefined();
  });

  it.each(invalid)('refuses %j in words', text => {
    expect(formatProblem(name, text)).toBe(`must be ${words}`);
  });
});

it('refuses a format that there is not', () => {
  expect(formatProblem('toString', '1')).toMatch(/no format "toString"/);
});
