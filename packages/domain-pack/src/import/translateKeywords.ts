import { formats, isTranslated, keywordsOf, keywordsOfAll } from './keywords';
import { hintsOf, reportHints } from './onyxiaHints';
import type { ResolvedPart } from './resolvePart';
import type { Schema, SchemaReading } from './SchemaReading';

/** Keywords with a message in forms for answers that break them. */
const speaking = [
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
];

/** Returns the keywords that a parameter takes unchanged; reports all others. */
export function translateKeywords(
  reading: SchemaReading,
  part: ResolvedPart,
  type: string,
): Schema {
  const taken: Schema = {};
  const { listEnum } = part.keywords;
  if (listEnum !== undefined) taken.enum = listEnum;
  const known = [...keywordsOfAll, ...keywordsOf[type]];
  for (const [keyword, value] of Object.entries(part.keywords)) {
    const loss = lossOf(keyword, value, known);
    if (loss) reading.tell(part.placeOf(keyword), loss);
    else if (known.includes(keyword) && keyword !== 'items')
      taken[keyword] = value;
  }
  reportHints(reading, part);
  sayByKeyword(reading, part, taken);
  if (Array.isArray(taken.enum)) {
    const choices = taken.enum.filter(isChoice);
    const place = part.placeOf(part.keywords.enum ? 'enum' : 'listEnum');
    if (taken.enum.length === 0)
      reading.tell(place, 'empty list of choices omitted');
    else if (choices.length < taken.enum.length)
      reading.tell(
        place,
        'choices other than strings, numbers and booleans omitted',
      );
    if (choices.length > 0) taken.enum = choices;
    else delete taken.enum;
  }
  return withDraftFourLimits(taken);
}

/** A message for any fault becomes one for each keyword that can be broken, as forms take them. */
function sayByKeyword(
  reading: SchemaReading,
  part: ResolvedPart,
  taken: Schema,
): void {
  const { errorMessage } = taken;
  if (typeof errorMessage !== 'string') return;
  const broken = Object.keys(taken).filter(one => speaking.includes(one));
  taken.errorMessage = Object.fromEntries(
    broken.map(keyword => [keyword, errorMessage]),
  );
  if (broken.length > 0) return;
  delete taken.errorMessage;
  reading.tell(part.placeOf('errorMessage'), 'errorMessage omitted');
}

function isChoice(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** Returns the loss if a keyword is not imported; `undefined` if there is none. */
function lossOf(
  keyword: string,
  value: unknown,
  known: readonly string[],
): string | undefined {
  if (keyword === 'hidden' && typeof value !== 'boolean')
    return 'hidden omitted: the form always shows the field';
  if (keyword === 'x-onyxia' && hintsOf({ [keyword]: value }) !== value)
    return 'x-onyxia omitted: not an object';
  if (isTranslated(keyword)) return undefined;
  if (!known.includes(keyword)) return `${keyword} omitted`;
  if (keyword === 'format' && !formats.includes(String(value)))
    return `the format "${value}" omitted`;
  if (keyword === 'errorMessage' && !isMessage(value))
    return 'errorMessage omitted: neither a string nor one string per keyword';
  if (keyword === 'pattern' && !isPattern(value))
    return 'pattern omitted: not a JavaScript regular expression';
  return undefined;
}

function isMessage(value: unknown): boolean {
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string';
  return Object.values(value).every(one => typeof one === 'string');
}

/** Whether it is a regular expression as validators of JSON Schema read it (ECMA-262, flag u). */
function isPattern(value: unknown): boolean {
  try {
    return typeof value === 'string' && Boolean(new RegExp(value, 'u'));
  } catch {
    return false;
  }
}

/** Limits with an exclusive one as draft-04 writes it, `true` beside the limit, in later words. */
function withDraftFourLimits(schema: Schema): Schema {
  const result = { ...schema };
  for (const limit of ['Minimum', 'Maximum']) {
    const [plain, exclusive] = [limit.toLowerCase(), `exclusive${limit}`];
    if (typeof result[exclusive] !== 'boolean') continue;
    if (result[exclusive] && result[plain] !== undefined) {
      result[exclusive] = result[plain];
      delete result[plain];
    } else delete result[exclusive];
  }
  return result;
}
