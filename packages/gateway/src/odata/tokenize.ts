import type { EdmType } from '../tables';
import { BadODataError, NotImplementedError } from './errors';

/** A token of an expression. */
export type Token =
  | { kind: 'literal'; type?: EdmType; text: string; at: number }
  | { kind: 'name'; text: string; at: number }
  | { kind: 'alias'; text: string; at: number }
  | { kind: '(' | ')' | ',' | '-' | '/' | ':' | '='; text: string; at: number };

/** Maximum length of an option in characters. */
const maxLength = 16_384;

/** Patterns of tokens, tried in this order at each position (OData 4.0 ABNF, section 7 "Literal Data Values"). */
const patterns: [Token['kind'] | 'unsupported', RegExp, EdmType?][] = [
  ['literal', /null(?![\w.])/y],
  ['literal', /(?:true|false)(?![\w.])/iy, 'Edm.Boolean'],
  [
    'literal',
    /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?!\w)/iy,
    'Edm.Guid',
  ],
  [
    'literal',
    /-?\d{4,}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?(?:Z|[+-]\d\d:\d\d)(?!\w)/iy,
    'Edm.DateTimeOffset',
  ],
  ['literal', /-?\d{4,}-\d\d-\d\d(?![\w-])/y, 'Edm.Date'],
  ['literal', /\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?(?![\w:])/y, 'Edm.TimeOfDay'],
  ['literal', /duration'[^']*'/iy, 'Edm.Duration'],
  ['literal', /'(?:[^']|'')*'/y, 'Edm.String'],
  ['literal', /-?(?:INF|NaN)(?!\w)/y, 'Edm.Double'],
  ['literal', /[+-]?\d+(?:\.\d+)?e[+-]?\d+(?!\w)/iy, 'Edm.Double'],
  ['literal', /[+-]?\d+\.\d+(?![\w.])/y, 'Edm.Decimal'],
  ['literal', /[+-]?\d+(?![\w.])/y, 'Edm.Int64'],
  // Values such as `$it`, JSON, literals such as `Colour'Red'`, and annotations such as `@Core.Messages`.
  [
    'unsupported',
    /\$[a-z]+|[[{]|[\p{L}_][\p{L}\p{Nd}_.]*'|@[\p{L}_][\p{L}\p{Nd}_]*[./#]/uy,
  ],
  ['alias', /@[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['name', /[\p{L}_][\p{L}\p{Nd}_]*(?:\.[\p{L}_][\p{L}\p{Nd}_]*)*/uy],
  ['(', /\(/y],
  [')', /\)/y],
  [',', /,/y],
  ['-', /-/y],
  ['/', /\//y],
  [':', /:/y],
  ['=', /=/y],
];

/**
 * Splits an expression into tokens, in linear time. Names and literals must be separated from each other by white space.
 *
 * @param option - name of the option, for messages
 * @throws BadODataError with the position of the first character that begins no token
 * @throws NotImplementedError for values that this service does not have
 */
export function tokenize(text: string, option: string): Token[] {
  if (text.length > maxLength)
    throw new BadODataError(
      `${option} has ${text.length} characters, at most ${maxLength} are supported; divide the request`,
    );
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at])) {
      at += 1;
      continue;
    }
    const token = nextToken(text, at, tokens.at(-1), option);
    if (!token) {
      const found = JSON.stringify(text.slice(at, at + 20));
      throw new BadODataError(
        `${option} is invalid at character ${at + 1}: ${found}${hintFor(
          text[at],
        )}`,
      );
    }
    tokens.push(token.token);
    at = token.end;
  }
  return tokens;
}

/** Returns what a character of other languages is in OData. */
function hintFor(found: string): string {
  if (/[<>!]/.test(found)) return '; compare with eq, ne, gt, ge, lt or le';
  return found === '"' ? '; write texts in single quotes' : '';
}

function nextToken(
  text: string,
  at: number,
  before: Token | undefined,
  option: string,
): { token: Token; end: number } | undefined {
  // After an operand, a sign cannot belong to a number.
  const isAfterOperand = before?.kind === ')' || before?.kind === 'literal';
  const isSigned = text[at] === '-' || text[at] === '+';
  for (const [kind, pattern, type] of patterns) {
    if (isAfterOperand && kind === 'literal' && isSigned) continue;
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) continue;
    if (kind === 'unsupported')
      throw new NotImplementedError(
        `${found} at character ${at + 1} of ${option} is not supported`,
      );
    const token = { kind, text: contentOf(found, type), at } as Token;
    return {
      token: kind === 'literal' ? ({ ...token, type } as Token) : token,
      end: at + found.length,
    };
  }
  return undefined;
}

/** Returns the value of a literal without quotes, prefix and plus sign. */
function contentOf(found: string, type: EdmType | undefined): string {
  if (type === 'Edm.String') return found.slice(1, -1).replaceAll("''", "'");
  if (type === 'Edm.Duration') return found.slice("duration'".length, -1);
  if (type === 'Edm.Boolean') return found.toLowerCase();
  return found.startsWith('+') ? found.slice(1) : found;
}
