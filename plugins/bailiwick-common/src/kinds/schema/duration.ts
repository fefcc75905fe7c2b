const unitMilliseconds = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Pattern of a duration. */
export const durationPattern = /^[0-9]+(s|m|h|d)$/;

/**
 * Returns the milliseconds of a duration in one unit, such as `15s` or `365d`.
 *
 * @throws Error for an invalid duration
 * @public
 */
export function durationToMilliseconds(duration: string): number {
  if (!durationPattern.test(duration))
    throw new Error(`"${duration}" is not a duration`);
  const unit = duration.slice(-1) as keyof typeof unitMilliseconds;
  return Number(duration.slice(0, -1)) * unitMilliseconds[unit];
}
