import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  formatRule,
  textRule,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';

type Word = DomainPack['spec']['vocabulary'][number];

/** A string literal; Python reads JSON's. */
function text(value: unknown): string {
  return JSON.stringify(String(value));
}

/** An example, which a pack writes as text, as Python writes it. */
const literals: Record<string, (example: string) => string> = {
  str: text,
  'decimal.Decimal': text,
  'bailiwick.Money': text,
  int: example => String(Number(example)),
  float: example => String(Number(example)),
};

/** The Python module `vocabulary.py` with the types of a pack, which functions speak in. */
export function vocabularyModule(
  vocabulary: readonly Word[],
  pack: { name: string },
): string {
  const types = vocabulary.map(pythonType);
  const imports = [
    ...(types.some(type => type.startsWith('dt.'))
      ? ['import datetime as dt']
      : []),
    ...(types.some(type => type.startsWith('decimal.'))
      ? ['import decimal']
      : []),
    types.some(type => type.startsWith('Literal['))
      ? 'from typing import Annotated, Literal'
      : 'from typing import Annotated',
  ];
  return [
    `"""Types of the ${pack.name} pack, used in functions.py."""`,
    '',
    ...imports,
    '',
    // A word may be called Money itself.
    ...(types.some(type => type.startsWith('bailiwick.'))
      ? ['import bailiwick']
      : []),
    'from bailiwick import Vocabulary',
    '',
    '__all__ = [',
    ...vocabulary.map(({ name }) => `    ${text(name)},`),
    ']',
    ...vocabulary.flatMap((word, position) =>
      definition(word, types[position]),
    ),
    '',
  ].join('\n');
}

function definition(word: Word, type: string): string[] {
  const { examples = [], name, schema } = word;
  return [
    '',
    `${name} = Annotated[`,
    `    ${type},`,
    '    Vocabulary(',
    `        ${text(name)},`,
    ...(['description', 'unit', 'edm', 'excel'] as const).flatMap(field =>
      word[field] ? [`        ${field}=${text(word[field])},`] : [],
    ),
    ...(textRule(schema.format)
      ? [`        format=${text(schema.format)},`]
      : []),
    ...(schema.pattern ? [`        pattern=${text(schema.pattern)},`] : []),
    ...(schema.checksum ? [`        checksum=${text(schema.checksum)},`] : []),
    ...['minimum', 'maximum'].flatMap(bound =>
      schema[bound] === undefined
        ? []
        : [`        ${bound}=${Number(schema[bound])},`],
    ),
    ...(examples.length > 0 && type in literals
      ? [`        examples=(${literals[type](examples[0])},),`]
      : []),
    '    ),',
    ']',
  ];
}

function pythonType({ schema: { enum: choices, format, type } }: Word): string {
  if (Array.isArray(choices) && type === 'string')
    return `Literal[${choices.map(text).join(', ')}]`;
  const rule = formatRule(format);
  if (rule) return rule.python;
  if (format === 'date') return 'dt.date';
  if (format === 'date-time') return 'dt.datetime';
  const types: Record<string, string> = {
    integer: 'int',
    number: 'float',
    boolean: 'bool',
  };
  return types[String(type)] ?? 'str';
}
