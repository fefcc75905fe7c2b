/** Integers with more digits than a number of Excel. */
const longInteger = /^-?\d{16,}$/;

type Reviver = (
  key: string,
  value: unknown,
  context?: { source?: string },
) => unknown;

/** Parses JSON; long integers become texts where the browser gives access to their digits (ECMAScript 2026). */
export function parseExact(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  const revive: Reviver = (_, value, context) => {
    const source = context?.source;
    const isLong = typeof value === 'number' && longInteger.test(source ?? '');
    return isLong ? source : value;
  };
  return JSON.parse(text, revive);
}
