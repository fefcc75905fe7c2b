/** Computation of a check digit; the function runtime reads the same table as JSON. @public */
export interface ChecksumRule {
  /** Name of such a text, such as `an IBAN`. */
  name: string;
  /** Problem of a text with the right form; the message begins with the name of the text. */
  problem: string;
  /** Numbers of characters that a text may have, each from the first to the last. */
  lengths: [number, number][];
  /** Form of a whole text, as a regular expression. */
  pattern: string;
  /** Description of the form. */
  form: string;
  /** Position and number of the check digits; negative positions count from the end. */
  checkDigits: { at: number; count: number };
  /** Characters that move from the front to the end before anything is computed. */
  moved: number;
  /** Values of letters; digits have their own value. */
  letters: Record<string, number>;
  /** Whether each value is written in decimal digits, which are then weighted one by one. */
  isExpanded: boolean;
  /** Weights, repeated from the right; absent for powers. */
  cycle?: number[];
  /** Weights are the powers of this number. */
  powersOf?: { base: number; from: 'left' | 'right' };
  /** Whether a weighted value above 9 counts as the sum of its digits. */
  isCrossSum: boolean;
  modulus: number;
  /** Remainder of the weighted sum; `last` if the last digit is the remainder, modulo 10, of the preceding ones. */
  remainder: number | 'last';
  /** Valid texts; messages contain the first one. */
  valid: [string, ...string[]];
  /** Invalid texts, with their problems. */
  invalid: Record<string, string>;
}

const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** A is 10, B is 11, and so on. */
const ordinal = Object.fromEntries(
  alphabet.map((letter, index) => [letter, index + 10]),
);
/** As {@link ordinal}, without multiples of 11 (ISO 6346, annex A). */
const container = Object.fromEntries(
  alphabet.map((letter, index) => {
    const skipped = Math.floor((index + 9) / 10);
    return [letter, index + 10 + skipped];
  }),
);

/** The rules by the names under which schemas know them (`checksum: gs1`). @public */
export const checksums = {
  gs1: {
    name: 'a GS1 number',
    problem: 'has a wrong GS1 check digit',
    lengths: [
      [8, 8],
      [12, 14],
      [17, 18],
    ],
    pattern: '^[0-9]*$',
    form: 'digits only',
    checkDigits: { at: -1, count: 1 },
    moved: 0,
    letters: {},
    isExpanded: false,
    cycle: [1, 3],
    isCrossSum: false,
    modulus: 10,
    remainder: 0,
    valid: ['4006381333931', '96385074', '036000291452', '106141411234567897'],
    invalid: {
      4006381333932:
        'has a wrong GS1 check digit: 2; the other characters need 1',
      4006381339331:
        'has a wrong GS1 check digit: 1; the other characters need 9',
      96385075: 'has a wrong GS1 check digit: 5; the other characters need 4',
      400638133393:
        'has a wrong GS1 check digit: 3; the other characters need 0',
      40063813339:
        'has 11 characters; a GS1 number such as 4006381333931 has 8, 12 to 14 or 17 to 18',
      '40 063 813':
        'has 10 characters; a GS1 number such as 4006381333931 has 8, 12 to 14 or 17 to 18',
      '400638133393l':
        'is not a GS1 number: write digits only, such as 4006381333931',
      '': 'has 0 characters; a GS1 number such as 4006381333931 has 8, 12 to 14 or 17 to 18',
    },
  },
  iban: {
    name: 'an IBAN',
    problem: 'has wrong IBAN check digits',
    lengths: [[15, 34]],
    pattern: '^[A-Z]{2}[0-9]{2}[A-Z0-9]*$',
    form: 'two capital letters, two digits, and capital letters and digits, without spaces',
    checkDigits: { at: 2, count: 2 },
    moved: 4,
    letters: ordinal,
    isExpanded: true,
    powersOf: { base: 10, from: 'right' },
    isCrossSum: false,
    modulus: 97,
    remainder: 1,
    valid: [
      'DE89370400440532013000',
      'GB82WEST12345698765432',
      'NO9386011117947',
    ],
    invalid: {
      DE88370400440532013000:
        'has wrong IBAN check digits: 88; the other characters need 89',
      DE89370400440532031000:
        'has wrong IBAN check digits: 89; the other characters need 59',
      de89370400440532013000:
        'is not an IBAN: write two capital letters, two digits, and capital letters and digits, without spaces, such as DE89370400440532013000',
      'DE89 3704 0044 0532 0130 00':
        'is not an IBAN: write two capital letters, two digits, and capital letters and digits, without spaces, such as DE89370400440532013000',
      DE893704:
        'has 8 characters; an IBAN such as DE89370400440532013000 has 15 to 34',
    },
  },
  isin: {
    name: 'an ISIN',
    problem: 'has a wrong ISIN check digit',
    lengths: [[12, 12]],
    pattern: '^[A-Z]{2}[A-Z0-9]*[0-9]$',
    form: 'two capital letters, nine capital letters or digits, and a digit',
    checkDigits: { at: -1, count: 1 },
    moved: 0,
    letters: ordinal,
    isExpanded: true,
    cycle: [1, 2],
    isCrossSum: true,
    modulus: 10,
    remainder: 0,
    valid: ['US0378331005', 'DE000BAY0017', 'AU0000XVGZA3'],
    invalid: {
      US0378331006:
        'has a wrong ISIN check digit: 6; the other characters need 5',
      US0373831005:
        'has a wrong ISIN check digit: 5; the other characters need 9',
      US037833100: 'has 11 characters; an ISIN such as US0378331005 has 12',
      us0378331005:
        'is not an ISIN: write two capital letters, nine capital letters or digits, and a digit, such as US0378331005',
    },
  },
  luhn: {
    name: 'a number with a check digit',
    problem: 'has a wrong check digit (Luhn)',
    lengths: [[2, 40]],
    pattern: '^[0-9]*$',
    form: 'digits only',
    checkDigits: { at: -1, count: 1 },
    moved: 0,
    letters: {},
    isExpanded: false,
    cycle: [1, 2],
    isCrossSum: true,
    modulus: 10,
    remainder: 0,
    valid: ['79927398713', '4111111111111111', '490154203237518'],
    invalid: {
      79927398710:
        'has a wrong check digit (Luhn): 0; the other characters need 3',
      4111111111111112:
        'has a wrong check digit (Luhn): 2; the other characters need 1',
      79927398731:
        'has a wrong check digit (Luhn): 1; the other characters need 9',
      '4111 1111 1111 1111':
        'is not a number with a check digit: write digits only, such as 79927398713',
      0: 'has 1 character; a number with a check digit such as 79927398713 has 2 to 40',
    },
  },
  iso6346: {
    name: 'a container number',
    problem: 'has a wrong check digit (ISO 6346)',
    lengths: [[11, 11]],
    pattern: '^[A-Z]{3}[UJZ][0-9]*$',
    form: 'three capital letters, U, J or Z, and seven digits',
    checkDigits: { at: -1, count: 1 },
    moved: 0,
    letters: container,
    isExpanded: false,
    powersOf: { base: 2, from: 'left' },
    isCrossSum: false,
    modulus: 11,
    remainder: 'last',
    valid: ['CSQU3054383', 'TOLU4734787'],
    invalid: {
      CSQU3054384:
        'has a wrong check digit (ISO 6346): 4; the other characters need 3',
      CSQU3045383:
        'has a wrong check digit (ISO 6346): 3; the other characters need 1',
      CSQX3054383:
        'is not a container number: write three capital letters, U, J or Z, and seven digits, such as CSQU3054383',
      CSQU305438:
        'has 10 characters; a container number such as CSQU3054383 has 11',
    },
  },
} satisfies Record<string, ChecksumRule>;

/** Name of a rule for check digits. @public */
export type ChecksumName = keyof typeof checksums;

/** The names of all rules. @public */
export const checksumNames = Object.keys(checksums) as ChecksumName[];

/**
 * Returns the problem of a text: its length, its form, or its check digits, with the correct ones; `undefined` for a
 * valid text. The function runtime has the same messages.
 *
 * @public
 */
export function checksumProblem(
  name: string,
  text: string,
): string | undefined {
  const rule: ChecksumRule | undefined = Object.hasOwn(checksums, name)
    ? checksums[name as ChecksumName]
    : undefined;
  if (!rule)
    return `cannot be checked: unknown checksum "${name}"; known checksums: ${checksumNames.join(
      ', ',
    )}`;
  const { checkDigits, form, lengths, name: what, pattern, problem } = rule;
  const [example] = rule.valid;
  const { length } = [...text];
  if (!lengths.some(([from, to]) => from <= length && length <= to))
    return `has ${length} ${
      length === 1 ? 'character' : 'characters'
    }; ${what} such as ${example} has ${lengthWords(lengths)}`;
  if (!new RegExp(pattern, 'u').test(text))
    return `is not ${what}: write ${form}, such as ${example}`;
  if (isRight(rule, text)) return undefined;
  const { at, count } = checkDigits;
  const from = (length + at) % length;
  const given = text.slice(from, from + count);
  const withDigits = (digits: string) =>
    `${text.slice(0, from)}${digits}${text.slice(from + count)}`;
  const needed = Array.from({ length: 10 ** count }, (_, number) =>
    String(number).padStart(count, '0'),
  ).find(digits => isRight(rule, withDigits(digits)));
  return `${problem}: ${given}; the other characters need ${needed}`;
}

/** Formats numbers of characters, such as `8, 12 to 14 or 17 to 18`. */
function lengthWords(lengths: ChecksumRule['lengths']): string {
  const words = lengths.map(([from, to]) =>
    from === to ? `${from}` : `${from} to ${to}`,
  );
  return [words.slice(0, -1).join(', '), ...words.slice(-1)]
    .filter(Boolean)
    .join(' or ');
}

function isRight(rule: ChecksumRule, text: string): boolean {
  const { isCrossSum, isExpanded, letters, modulus, moved, remainder } = rule;
  const turned = [...text.slice(moved), ...text.slice(0, moved)];
  const summed = remainder === 'last' ? turned.slice(0, -1) : turned;
  const values = summed.map(one => letters[one] ?? Number(one));
  const weighted = isExpanded ? [...values.join('')].map(Number) : values;
  const sum = weighted
    .map((value, at) => value * weightAt(rule, at, weighted.length))
    .map(value =>
      isCrossSum && value > 9 ? (value % 10) + Math.floor(value / 10) : value,
    )
    .reduce((total, value) => (total + value) % modulus, 0);
  return remainder === 'last'
    ? sum % 10 === Number(turned.at(-1))
    : sum === remainder;
}

function weightAt(
  { cycle, modulus, powersOf }: ChecksumRule,
  at: number,
  length: number,
): number {
  const fromRight = length - 1 - at;
  if (!powersOf) return cycle?.[fromRight % cycle.length] ?? 1;
  let weight = 1;
  const times = powersOf.from === 'left' ? at : fromRight;
  for (let i = 0; i < times; i += 1)
    weight = (weight * powersOf.base) % modulus;
  return weight;
}
