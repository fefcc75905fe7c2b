import { formatNames, formatProblem, formats } from './formats';

describe.each(formatNames)('the format %s', name => {
  const { invalid, valid, words } = formats[name];

  it.each(valid)('accepts %s', text => {
    expect(formatProblem(name, text)).toBeUndefined();
  });

  it.each(invalid)('refuses %j in words', text => {
    expect(formatProblem(name, text)).toBe(`must be ${words}`);
  });
});

it('refuses a format that there is not', () => {
  expect(formatProblem('toString', '1')).toMatch(
    /unknown format "toString"; known formats: decimal,/,
  );
});

it('accepts every time zone of the platform', () => {
  for (const zone of Intl.supportedValuesOf('timeZone'))
    expect([zone, formatProblem('time-zone', zone)]).toEqual([zone, undefined]);
});

it('rejects time zones that the platform lacks', () => {
  const areas = formats['time-zone'].pattern.matchAll(/(\w+)\/\(([^)]*)\)/g);
  const zones = [...areas].flatMap(([, area, names]) =>
    names.split('|').map(name => `${area}/${name.replace('[+]', '+')}`),
  );
  expect(zones.length).toBeGreaterThan(500);
  for (const timeZone of zones) {
    expect(formatProblem('time-zone', timeZone)).toBeUndefined();
    expect(() => new Intl.DateTimeFormat('en', { timeZone })).not.toThrow();
  }
});

describe('the format date-time', () => {
  it.each([
    '2026-02-05T18:00:00Z',
    '2026-02-05T18:00:00.250+01:00',
    '2024-02-29T00:00:00-05:30',
  ])('accepts %s', text => {
    expect(formatProblem('date-time', text)).toBeUndefined();
  });

  it.each([
    '2026-02-05T18:00:00',
    '2026-02-05 18:00',
    '2026-02-05T18:00:00+01',
    '2026-02-30T18:00:00Z',
    '2026-02-05T24:00:00Z',
    '2026-02-05',
    '05.02.2026 18:00',
    '',
  ])('refuses %j with an example', text => {
    expect(formatProblem('date-time', text)).toBe(
      'must be a date and time with its offset from UTC such as 2026-02-02T10:00:00Z',
    );
  });
});
