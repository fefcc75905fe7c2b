import { durationToMilliseconds } from './duration';
import { durationSchema } from './scalars';

/** Returns the problems of a value by the schema. */
const problems = (value: string) =>
  durationSchema.safeParse(value).error?.issues.map(({ message }) => message);

describe('durationSchema', () => {
  it.each(['0s', '15s', '3153600000s', '52560000m', '876000h', '36500d'])(
    'accepts %s, by which a date can be moved',
    value => {
      expect(problems(value)).toBeUndefined();
      const end = new Date(
        Date.parse('2026-11-20T00:00:00Z') + durationToMilliseconds(value),
      );
      expect(() => end.toISOString()).not.toThrow();
    },
  );

  it.each(['3153600001s', '52560001m', '876001h', '36501d', '999999999d'])(
    'refuses %s, which is too long',
    value => {
      expect(problems(value)).toEqual(['must be at most 36500d (100 years)']);
    },
  );

  it.each(['', 'd', '1', '1w', '-1d', '1.5h', '1d '])(
    'refuses "%s", which is none',
    value => {
      expect(problems(value)).toEqual([
        'must be a duration such as 15s, 30m, 8h or 365d',
      ]);
    },
  );
});
