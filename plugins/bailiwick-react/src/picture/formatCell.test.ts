import { formatCell } from './formatCell';

it.each([
  [null, '–'],
  [true, 'true'],
  [1234567, '1234567'],
  [0.123456, '0.1235'],
  ['2025-11-03T00:00:00Z', '2025-11-03'],
  ['2025-11-03T15:30:00Z', '2025-11-03 15:30'],
  ['capper-2', 'capper-2'],
])('writes %j as %s', (value, words) => {
  expect(formatCell(value)).toBe(words);
});
