import {
  checksumNames,
  formatNames,
  formatRule,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Problem } from '../../problem/Problem';
import type { PackSource } from '../../source/readSource';
import { compileSchema } from '../../parameters/jsonSchema';
import { wordTextCheck } from '../../parameters/wordCheck';
import type { PackManifest } from '../../source/schemas';
import { knownNamesOf } from './KnownNames';
import { problemsIn, type Refuse } from './problemsIn';

type Word = PackManifest['spec']['vocabulary'][number];

/** Types that columns and parameters can have. */
const types = ['string', 'number', 'integer', 'boolean'];
/** Names that `vocabulary.py` and Python use already. */
const taken = ['Annotated', 'Literal', 'Vocabulary', 'None', 'True', 'False'];

/** Types of OData that hold all that a type or format allows. */
const edmOf: Record<string, readonly string[]> = {
  string: ['Edm.String', 'Edm.Guid', 'Edm.Duration', 'Edm.TimeOfDay'],
  date: ['Edm.Date'],
  'date-time': ['Edm.DateTimeOffset'],
  number: ['Edm.Double', 'Edm.Single', 'Edm.Decimal'],
  integer: ['Edm.Int64', 'Edm.Int32', 'Edm.Int16', 'Edm.Decimal'],
  boolean: ['Edm.Boolean'],
};

const wordFormats = ['date', 'date-time', ...formatNames] as string[];

/** Keywords that functions preserve. */
const kept = {
  string: ['type', 'format', 'pattern', 'enum', 'checksum'],
  number: ['type', 'minimum', 'maximum'],
  integer: ['type', 'minimum', 'maximum'],
  boolean: ['type'],
};

/** Syntax that Rust's regular expressions lack; the runtime checks texts with them. */
const lookAround = /\(\?<?[=!]|\\[1-9]/;

/** Reports words with an invalid schema, or one that contradicts their examples. */
export function checkVocabulary({ document, source }: PackSource): Problem[] {
  const words = source?.spec.vocabulary ?? [];
  const { vocabulary: written } = knownNamesOf({ document });
  return problemsIn(document, refuse => {
    for (const [position, word] of words.entries())
      checkWord(
        word,
        written[position].examples as unknown[] | undefined,
        (place, what, remedy) =>
          refuse(['spec', 'vocabulary', position, ...place], what, remedy),
      );
  });
}

/** @param written - its examples as in the file: unquoted numbers are numbers */
function checkWord(
  word: Word,
  written: unknown[] | undefined,
  refuse: Refuse,
): void {
  const { name, schema } = word;
  if (taken.includes(name))
    refuse(
      ['name'],
      `"${name}" is reserved by Python or the runtime`,
      'Choose another name',
    );
  else if (!types.includes(String(schema.type)))
    refuse(
      ['schema'],
      `The type of ${name} is not allowed for a column`,
      `Write type: ${types.join(', ')}`,
    );
  else checkMeaning(word, written, refuse);
}

function checkMeaning(
  word: Word,
  written: unknown[] = [],
  refuse: Refuse,
): void {
  const { edm, examples = [], name, schema } = word;
  const strange = strangeWords(schema);
  const kind = String(schema.format ?? schema.type);
  const edms = formatRule(kind)?.edm ?? edmOf[kind];
  const checked = compileSchema(schema);
  if (strange) refuse(['schema'], `${name} ${strange[0]}`, strange[1]);
  else if (edm && !edms.includes(edm.replace(/\(.*/, '')))
    refuse(
      ['edm'],
      `${name} has the OData type ${edm}, but its schema says ${kind}`,
      `Use one of: ${edms.join(', ')}; or remove it`,
    );
  else if ('fault' in checked)
    refuse(
      ['schema'],
      `The schema of ${name} is not valid JSON Schema: ${checked.fault}`,
      'Correct it; see https://json-schema.org for the keywords',
    );
  else {
    const check = wordTextCheck(word);
    for (const [at, example] of examples.entries()) {
      const mismatch = check?.(example);
      if (schema.type === 'string' && typeof written[at] !== 'string')
        refuse(
          ['examples', at],
          `The example ${example} of ${name} is a ${typeof written[
            at
          ]} in YAML, but its values are strings`,
          'Quote the value: YAML drops leading and trailing zeros of numbers',
        );
      else if (mismatch)
        refuse(
          ['examples', at],
          `The example ${JSON.stringify(
            example,
          )} of ${name} violates its schema: it ${mismatch}`,
          'Correct the example or the schema',
        );
    }
  }
}

/** Returns the keywords that functions cannot preserve, each with a remedy. */
function strangeWords(
  schema: Record<string, unknown>,
): [string, string] | undefined {
  const known = kept[schema.type as keyof typeof kept];
  const others = Object.keys(schema).filter(key => !known.includes(key));
  if (others.length > 0)
    return [
      `has ${others.join(', ')}, which the runtime does not enforce`,
      `Keywords of type ${schema.type}: ${known.join(', ')}`,
    ];
  const { checksum, format, pattern } = schema;
  if (checksum !== undefined && !checksumNames.includes(checksum as never))
    return [
      `has the unknown checksum "${checksum}"`,
      `Write checksum: ${checksumNames.join(', ')}`,
    ];
  if (format !== undefined && !wordFormats.includes(format as string))
    return [
      `has the format "${format}", which the runtime does not enforce`,
      `Use date, date-time, a pattern, or one of the formats ${formatNames.join(
        ', ',
      )}`,
    ];
  const besides = ['pattern', 'enum', 'checksum'].find(key =>
    Object.hasOwn(schema, key),
  );
  if (formatRule(format) && besides)
    return [
      `has a ${besides} in addition to the format ${format}, which defines the whole string`,
      `Remove ${besides} or the format`,
    ];
  return typeof pattern === 'string' && lookAround.test(pattern)
    ? [
        'has a pattern with look-around or back-references, which the runtime does not support',
        'Rewrite the pattern without (?=, (?!, (?<=, (?<! and \\1',
      ]
    : undefined;
}
