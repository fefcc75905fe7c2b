import { BadODataError } from './errors';

const pattern =
  /^([+-])?P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,12}))?S)?)?$/;

/**
 * Returns the microseconds of an `Edm.Duration`, such as `P1DT2H30M5.5S` (OData 4.0 ABNF, `dayTimeDuration` of XML Schema).
 * Smaller parts are left out.
 *
 * @throws BadODataError when it is none
 */
export function toMicroseconds(text: string): bigint {
  const found = pattern.exec(text);
  if (!found || /[PT]$/.test(text))
    throw new BadODataError(
      `${JSON.stringify(text)} is not a duration such as P1DT2H30M5.5S`,
    );
  const [sign, days, hours, minutes, seconds, fraction = ''] = found.slice(1);
  const whole =
    ((BigInt(days ?? 0) * 24n + BigInt(hours ?? 0)) * 60n +
      BigInt(minutes ?? 0)) *
      60n +
    BigInt(seconds ?? 0);
  const size = whole * 1_000_000n + BigInt(fraction.padEnd(6, '0').slice(0, 6));
  return sign === '-' ? -size : size;
}
