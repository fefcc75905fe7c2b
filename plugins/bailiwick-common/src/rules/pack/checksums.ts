/** How a check digit is computed; the function runtime reads the same table as JSON. */
export interface ChecksumRule {
  /** What is wrong with a text that breaks the rule, after the name of the text. */
  problem: string;
  /** Form of a whole text, as a regular expression. */
  pattern: string;
  /** Characters that move from the front to the end before anything is computed. */
  moved: number;
  /** Values of letters; digits stand for themselves. */
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
  /** Remainder of the weighted sum; `last` when the last digit is the remainder, modulo 10, of what is before it. */
  remainder: number | 'last';
  /** Texts that the rule takes; messages name the first one. */
  valid: [string, ...string[]];
  /** Texts that the rule refuses. */
  invalid: string[];
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

/** The rules by the names under which schemas know them (`checksum: gs1`). */
export const checksums = {
  gs1: {
    problem: 'has a wrong GS1 check digit',
    pattern: '^([0-9]{8}|[0-9]{12,14}|[0-9]{17,18})$',
    moved: 0,
    letters: {},
    isExpanded: false,
    cycle: [1, 3],
    isCrossSum: false,
    modulus: 10,
    remainder: 0,
    valid: ['4006381333931', '96385074', '036000291452', '106141411234567897'],
    invalid: ['4006381333932', '4006381339331', '96385075', '400638133393', ''],
  },
  iban: {
    problem: 'is no valid IBAN',
    pattern: '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$',
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
    invalid: [
      'DE88370400440532013000',
      'DE89370400440532031000',
      'de89370400440532013000',
      'DE89 3704 0044 0532 0130 00',
    ],
  },
  isin: {
    problem: 'is no valid ISIN',
    pattern: '^[A-Z]{2}[A-Z0-9]{9}[0-9]$',
    moved: 0,
    letters: ordinal,
    isExpanded: true,
    cycle: [1, 2],
    isCrossSum: true,
    modulus: 10,
    remainder: 0,
    valid: ['US0378331005', 'DE000BAY0017', 'AU0000XVGZA3'],
    invalid: ['US0378331006', 'US0373831005', 'US037833100', 'us0378331005'],
  },
  luhn: {
    problem: 'has a wrong check digit (Luhn)',
    pattern: '^[0-9]{2,40}$',
    moved: 0,
    letters: {},
    isExpanded: false,
    cycle: [1, 2],
    isCrossSum: true,
    modulus: 10,
    remainder: 0,
    valid: ['79927398713', '4111111111111111', '490154203237518'],
    invalid: ['79927398710', '4111111111111112', '79927398731', '0'],
  },
  iso6346: {
    problem: 'is no valid container number',
    pattern: '^[A-Z]{3}[UJZ][0-9]{7}$',
    moved: 0,
    letters: container,
    isExpanded: false,
    powersOf: { base: 2, from: 'left' },
    isCrossSum: false,
    modulus: 11,
    remainder: 'last',
    valid: ['CSQU3054383', 'TOLU4734787'],
    invalid: ['CSQU3054384', 'CSQU3045383', 'CSQX3054383', 'CSQU305438'],
  },
} satisfies Record<string, ChecksumRule>;

/** Name of a rule for check digits. */
export type ChecksumName = keyof typeof checksums;

/** The names of all rules. */
export const checksumNames = Object.keys(checksums) as ChecksumName[];

/** Returns what a text breaks, such as `is no valid IBAN, such as DE89…`; `undefined` when the check digit is right. */
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
  const { pattern, problem, valid } = rule;
  return new RegExp(pattern, 'u').test(text) && isRight(rule, text)
    ? undefined
    : `${problem}; a right one is ${valid[0]}`;
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
