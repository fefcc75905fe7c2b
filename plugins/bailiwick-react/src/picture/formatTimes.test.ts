import { formatColumn } from './formatColumn';
import { formatTimes } from './formatTimes';

it.each([
  [
    'midnights in UTC',
    ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00.000Z'],
    ['2026-01-01', '2026-01-02'],
  ],
  [
    'midnights elsewhere',
    ['2026-01-01T00:00:00+01:00'],
    ['2026-01-01 00:00+01:00'],
  ],
  [
    'minutes',
    ['2026-01-01T00:00:00Z', '2026-01-01T10:30:00Z'],
    ['2026-01-01 00:00Z', '2026-01-01 10:30Z'],
  ],
  [
    'several offsets',
    ['2026-01-01T12:00:00+01:00', '2026-01-01T12:00:00Z'],
    ['2026-01-01 12:00+01:00', '2026-01-01 12:00Z'],
  ],
  [
    'seconds',
    ['2026-01-01T10:30:00Z', '2026-01-01T10:30:07Z'],
    ['2026-01-01 10:30:00Z', '2026-01-01 10:30:07Z'],
  ],
  [
    'parts of seconds',
    ['2026-01-01T10:30:00.250000Z', '2026-01-01T10:30:00Z'],
    ['2026-01-01 10:30:00.25Z', '2026-01-01 10:30:00.00Z'],
  ],
  [
    'no zone',
    ['2026-01-01T10:30:00', '2026-01-01T10:30:07'],
    ['2026-01-01 10:30:00', '2026-01-01 10:30:07'],
  ],
  [
    'other texts',
    ['2026-01-01T10:30:00Z', 'late'],
    ['2026-01-01 10:30Z', 'late'],
  ],
])('formats times with %s', (_name, values, words) => {
  expect(values.map(formatColumn(values))).toEqual(words);
});

it('leaves columns without times to others', () => {
  expect(formatTimes(['2026-01-01', '10:30:00', 3, null])).toBeUndefined();
});
