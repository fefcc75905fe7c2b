import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common';

type Word = DomainPack['spec']['vocabulary'][number];

/** The Python module `vocabulary.py` with the types of a pack, which functions speak in. */
export function vocabularyModule(
  vocabulary: readonly Word[],
  pack: { name: string; version: string },
): string {
  const types = vocabulary.map(pythonType);
  const imports = [
    ...(types.some(type => type.startsWith('dt.'))
      ? ['import datetime as dt']
      : []),
    'from typing import Annotated',
  ];
  return [
    `"""Types of the ${pack.name} pack ${pack.version}; functions.py speaks in them."""`,
    '',
    ...imports,
    '',
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
  const { description, examples = [], name, schema, unit } = word;
  return [
    '',
    `${name} = Annotated[`,
    `    ${type},`,
    '    Vocabulary(',
    `        ${text(name)},`,
    ...(description ? [`        description=${text(description)},`] : []),
    ...(unit ? [`        unit=${text(unit)},`] : []),
    ...(schema.pattern ? [`        pattern=${text(schema.pattern)},`] : []),
    ...['minimum', 'maximum'].flatMap(bound =>
      schema[bound] === undefined
        ? []
        : [`        ${bound}=${Number(schema[bound])},`],
    ),
    ...(examples.length > 0 && type === 'str'
      ? [`        examples=(${text(examples[0])},),`]
      : []),
    '    ),',
    ']',
  ];
}

function pythonType({ schema: { format, type } }: Word): string {
  if (format === 'date') return 'dt.date';
  if (format === 'date-time') return 'dt.datetime';
  const types: Record<string, string> = {
    integer: 'int',
    number: 'float',
    boolean: 'bool',
  };
  return types[String(type)] ?? 'str';
}

/** A string literal; Python reads JSON's. */
function text(value: unknown): string {
  return JSON.stringify(String(value));
}
