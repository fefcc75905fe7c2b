// JSON with exact integers: those beyond 2^53 are read as bigint, and bigint is written as a number.
import { randomUUID } from 'node:crypto';

/** Marks a text that represents an integer; no input can contain it. */
const mark = `${randomUUID()}:`;
const marked = new RegExp(`"${mark}(-?\\d+)"`, 'g');
/** Strings come first, so that digits inside them stay as they are. */
const tokens = /"[^"\\]*(?:\\[^][^"\\]*)*"|-?\d[\d.eE+-]*/g;
const sixteenDigits = /\d{16}/;

/**
 * Parses JSON. Integers that a number cannot hold exactly become bigint.
 *
 * @throws SyntaxError when the text is no JSON
 */
export function parseExact(text: string): unknown {
  if (!sixteenDigits.test(text)) return JSON.parse(text);
  const safe = text.replace(tokens, token =>
    isLargeInteger(token) ? `"${mark}${token}"` : token,
  );
  return JSON.parse(safe, (_, value) =>
    typeof value === 'string' && value.startsWith(mark)
      ? BigInt(value.slice(mark.length))
      : value,
  );
}

/** Writes JSON, with every digit of a bigint. */
export function stringifyExact(value: unknown): string {
  const text = JSON.stringify(value, (_, part) =>
    typeof part === 'bigint' ? `${mark}${part}` : part,
  );
  return text.replace(marked, '$1');
}

/** Reads an integer of any size: a number where that is exact, else a bigint. */
export function readInteger(text: string): bigint | number {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

function isLargeInteger(token: string): boolean {
  return /^-?[1-9]\d{15,}$/.test(token) && !Number.isSafeInteger(Number(token));
}
