import { parseExact, readInteger } from '../json';

/** Parser of one JSON Schema type. */
interface TextType {
  /** Expected value, for messages. */
  expected: string;
  /** The value, or `undefined` when the text is none. */
  read(text: string): { value: unknown } | undefined;
}

const integer = /^[+-]?\d+$/;
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** JSON Schema types that are not plain text, by name. */
export const textTypes: Record<string, TextType> = {
  integer: {
    expected: 'a whole number',
    read: text =>
      integer.test(text) ? { value: readInteger(text) } : undefined,
  },
  number: {
    expected: 'a number',
    read: text => {
      if (integer.test(text)) return { value: readInteger(text) };
      return decimal.test(text) && Number.isFinite(Number(text))
        ? { value: Number(text) }
        : undefined;
    },
  },
  boolean: {
    expected: 'true or false',
    read: text =>
      text === 'true' || text === 'false'
        ? { value: text === 'true' }
        : undefined,
  },
  null: {
    expected: 'null',
    read: text => (text === 'null' ? { value: null } : undefined),
  },
  object: { expected: 'a JSON object', read: readObject },
};

function readObject(text: string): { value: unknown } | undefined {
  try {
    const value = parseExact(text);
    return typeof value === 'object' && value !== null ? { value } : undefined;
  } catch {
    return undefined;
  }
}
