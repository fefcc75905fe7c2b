import type { Problem } from '../../problem/Problem';
import type { SourceOfPack } from '../../source/readSource';
import { compileSchema, mismatches } from '../../parameters/jsonSchema';
import { problemAt } from './KnownNames';

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

/** What functions keep of a schema. */
const kept = {
  string: ['type', 'format', 'pattern', 'enum'],
  number: ['type', 'minimum', 'maximum'],
  integer: ['type', 'minimum', 'maximum'],
  boolean: ['type'],
};

/** What Rust's regular expressions, by which the runtime checks texts, do not have. */
const lookAround = /\(\?<?[=!]|\\[1-9]/;

/** Words whose schema is none, or says otherwise than their examples. */
export function checkVocabulary({ document, source }: SourceOfPack): Problem[] {
  return (source?.spec.vocabulary ?? []).flatMap((word, position) => {
    const place = ['spec', 'vocabulary', position];
    const { examples = [], name, schema } = word;
    if (taken.includes(name))
      return [
        problemAt(
          document,
          [...place, 'name'],
          `"${name}" is a name that Python or the runtime uses`,
          'Choose another name',
        ),
      ];
    if (!types.includes(String(schema.type)))
      return [
        problemAt(
          document,
          [...place, 'schema'],
          `The type of ${name} is not one that a column can have`,
          `Write type: ${types.join(', ')}`,
        ),
      ];
    const strange = strangeWords(schema);
    if (strange)
      return [
        problemAt(
          document,
          [...place, 'schema'],
          `${name} ${strange[0]}`,
          strange[1],
        ),
      ];
    const { edm } = word;
    const fitting = edmOf[String(schema.format ?? schema.type)];
    if (edm && !fitting.includes(edm.replace(/\(.*/, '')))
      return [
        problemAt(
          document,
          [...place, 'edm'],
          `${name} is ${edm} in OData, and its schema says ${
            schema.format ?? schema.type
          }`,
          `Write one of: ${fitting.join(', ')}; or leave it out`,
        ),
      ];
    const checked = compileSchema(schema);
    if ('fault' in checked)
      return [
        problemAt(
          document,
          [...place, 'schema'],
          `The schema of ${name} is no JSON Schema: ${checked.fault}`,
          'Correct it; https://json-schema.org tells the keywords',
        ),
      ];
    return examples.flatMap((example, at) => {
      const [mismatch] = mismatches(
        checked.validate,
        valueOf(example, schema.type),
      );
      return mismatch
        ? problemAt(
            document,
            [...place, 'examples', at],
            `The example ${JSON.stringify(
              example,
            )} of ${name} breaks its schema: it ${mismatch}`,
            'Correct the example or the schema',
          )
        : [];
    });
  });
}

/** What a schema says that functions could not keep, and what to do about it. */
function strangeWords(
  schema: Record<string, unknown>,
): [string, string] | undefined {
  const known = kept[schema.type as keyof typeof kept];
  const others = Object.keys(schema).filter(key => !known.includes(key));
  if (others.length > 0)
    return [
      `says ${others.join(', ')}, which functions do not keep`,
      `A ${schema.type} may say ${known.join(', ')}`,
    ];
  const { format, pattern } = schema;
  if (format !== undefined && format !== 'date' && format !== 'date-time')
    return [
      `has the format "${format}", which functions do not keep`,
      'Write format: date or date-time, or a pattern',
    ];
  return typeof pattern === 'string' && lookAround.test(pattern)
    ? [
        'has a pattern that looks around or back, which functions cannot',
        'Write the pattern without (?=, (?!, (?<=, (?<! and \\1',
      ]
    : undefined;
}

/** The value that an example, which is written as text, stands for. */
function valueOf(example: string, type: unknown): unknown {
  if (type === 'boolean')
    return example === 'true' || (example !== 'false' && example);
  const isNumber = type === 'number' || type === 'integer';
  return isNumber && example.trim() !== '' && !Number.isNaN(Number(example))
    ? Number(example)
    : example;
}
