/** A time of a result; the runtime writes `Z`, an offset, or neither for times without a zone. */
const time =
  /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::(\d{2})(?:\.(\d+))?)?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * Returns a function that formats the times of one column: with seconds if a value has them, and with offsets unless no
 * value has a zone. A column of midnights in UTC is one of dates.
 *
 * @param values - all values of the column
 * @returns `undefined` if no value is a time; values that are none stay as they are
 */
export function formatTimes(
  values: readonly unknown[],
): ((value: string) => string) | undefined {
  const times = values.flatMap(value => {
    const parts = typeof value === 'string' ? time.exec(value) : null;
    return parts ? [parts] : [];
  });
  if (times.length === 0) return undefined;
  const decimals = Math.max(
    ...times.map(([, , , , part = '']) => part.replace(/0+$/, '').length),
  );
  const hasSeconds =
    decimals > 0 || times.some(([, , , part = '00']) => part !== '00');
  const isDates =
    !hasSeconds &&
    times.every(
      ([, , clock, , , zone = 'Z']) => clock === '00:00' && zone === 'Z',
    );
  return value => {
    const parts = time.exec(value);
    if (!parts) return value;
    const [, date, clock, seconds = '00', fraction = '', zone = ''] = parts;
    if (isDates) return date;
    const exact = hasSeconds ? `:${seconds}` : '';
    const rest =
      decimals > 0
        ? `.${fraction.slice(0, decimals).padEnd(decimals, '0')}`
        : '';
    return `${date} ${clock}${exact}${rest}${zone}`;
  };
}
