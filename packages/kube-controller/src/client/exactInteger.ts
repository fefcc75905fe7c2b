/** A reviver of JSON that returns integers beyond 2^53 as text with their digits. */
export function exactInteger(
  _key: string,
  value: unknown,
  context?: { source?: string },
): unknown {
  const source = context?.source ?? '';
  return typeof value === 'number' &&
    !Number.isSafeInteger(value) &&
    /^-?\d+$/.test(source)
    ? source
    : value;
}
