import { fromSerial, toDays, toSerial } from './dates';

describe('dates of Excel', () => {
  it.each([
    ['1900-03-01', 61],
    ['2026-01-31', 46_053],
    ['2026-01-31T12:00:00Z', 46_053.5],
    ['2026-01-31T14:00:00+02:00', 46_053.5],
    ['9999-12-31', 2_958_465],
  ])('counts %s as day %d', (text, serial) => {
    expect(toSerial(text)).toBe(serial);
    const kind = text.length > 10 ? 'date-time' : 'date';
    expect(Date.parse(fromSerial(serial, kind))).toBe(Date.parse(text));
  });

  it.each(['1900-02-28', '0001-01-01', 'never'])('has no day for %s', text => {
    expect(toSerial(text)).toBeUndefined();
  });

  it.each([
    ['06:00', 0.25],
    ['12:00:00', 0.5],
    ['PT36H', 1.5],
    ['P1DT12H', 1.5],
    ['PT43200.0S', 0.5],
    ['-PT30H', undefined],
    ['noon', undefined],
  ])('has %s as %s days', (text, days) => {
    expect(toDays(text)).toBe(days);
  });
});
