import { formatColumn } from './formatColumn';

it.each([
  [
    [25.94, 21, 223.02, 0],
    ['25.94', '21.00', '223.02', '0.00'],
  ],
  [
    [0.104857, -0.322799],
    ['0.1049', '-0.3228'],
  ],
  [
    [7.59753, -0.276564, null],
    ['7.598', '-0.277', '–'],
  ],
  [
    [250, 0.46823, 1],
    ['250', '0.4682', '1'],
  ],
  [
    [2019, 2020],
    ['2019', '2020'],
  ],
  [
    ['a', 0.5],
    ['a', '0.5'],
  ],
  [[1e-300], ['1e-300']],
])('formats %j as %j', (values, words) => {
  const format = formatColumn(values);
  expect(values.map(format)).toEqual(words);
});
