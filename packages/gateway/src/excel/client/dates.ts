import { unixEpoch } from '../../excelSheet';

const dayMs = 86_400_000;
/** 1900-03-01: Excel believes that 1900 was a leap year, so earlier numbers are other days elsewhere. */
const firstSerial = 61;
/** The day after 9999-12-31. */
const endSerial = 2_958_466;

/** Returns the serial number of a date or time in UTC; `undefined` if Excel has none. */
export function toSerial(text: string): number | undefined {
  const serial = Date.parse(text) / dayMs + unixEpoch;
  return serial >= firstSerial && serial < endSerial ? serial : undefined;
}

/** Returns the date of a serial number, or the time in UTC. */
export function fromSerial(serial: number, kind: 'date' | 'date-time'): string {
  const seconds = Math.round((serial - unixEpoch) * 86_400);
  const text = new Date(seconds * 1_000).toISOString();
  return kind === 'date' ? text.slice(0, 10) : text.replace('.000Z', 'Z');
}

/** Returns a time of day, or a duration (ISO 8601), in days; `undefined` if Excel cannot show it. */
export function toDays(text: string): number | undefined {
  const [, hours, minutes, seconds] =
    /^(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$/.exec(text) ?? [];
  if (hours) return inDays(0, hours, minutes, seconds);
  const [all, days, h, m, s] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(
      text,
    ) ?? [];
  return all ? inDays(days, h, m, s) : undefined;
}

function inDays(...parts: (number | string | undefined)[]): number {
  const [days, hours, minutes, seconds] = parts.map(part => Number(part ?? 0));
  return days + hours / 24 + minutes / 1_440 + seconds / 86_400;
}
