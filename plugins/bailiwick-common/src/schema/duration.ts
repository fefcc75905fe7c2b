const unitMilliseconds = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Milliseconds of a duration in one unit, such as `15s` or `365d`.
 *
 * @throws Error when it is not a duration
 */
export function durationToMilliseconds(duration: string): number {
  const [, count, unit] = duration.match(/^([0-9]+)(s|m|h|d)$/) ?? [];
  if (!unit) throw new Error(`"${duration}" is not a duration`);
  return (
    Number(count) * unitMilliseconds[unit as keyof typeof unitMilliseconds]
  );
}
