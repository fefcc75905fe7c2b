import {
  parameterName,
  proposedAnswers,
  resolveParameters,
  takenNames,
} from '../../parameters/parameters';
import type { Problem } from '../../problem/Problem';
import type { SourceOfArchetype, SourceOfPack } from '../../source/readSource';
import {
  compileSchema,
  mismatches,
  placesOf,
} from '../../parameters/jsonSchema';
import { knownNamesOf, oneOf, problemAt, type KnownNames } from './KnownNames';
import { columnChoices } from '../../compile';
import { conditionProblems } from './conditionProblems';

type Schema = Record<string, any>;

const hintNames = ['vocabulary', 'options', 'notBefore', 'when'];

/** Forms that cannot be drawn, or whose answers could not be right. */
export function checkParameters(pack: SourceOfPack): Problem[] {
  const known = knownNamesOf(pack);
  return pack.archetypes.flatMap(archetype => {
    const { document, source } = archetype;
    if (!source) return [];
    const { parameters } = source;
    const references = placesOf(parameters, '$ref').map(place =>
      problemAt(
        document,
        ['parameters', ...place],
        'It refers to another schema ($ref)',
        'Write the schema out: a form is one schema without references',
      ),
    );
    if (references.length > 0) return references;
    if (parameters.type !== 'object')
      return [
        problemAt(
          document,
          ['parameters'],
          'The parameters are no object',
          'Write type: object, and each parameter under properties',
        ),
      ];
    const own = Object.entries((parameters.properties ?? {}) as Schema).flatMap(
      ([name, schema]) => parameterProblems(archetype, known, name, schema),
    );
    const listed = ['required', 'ui:order'].flatMap(list =>
      listProblems(archetype, list),
    );
    const broken = [
      ...own,
      ...listed,
      ...hintProblems(pack, archetype, known),
      ...conditionProblems(pack, archetype),
    ];
    return broken.length > 0
      ? broken
      : [
          ...valueProblems(pack, archetype),
          ...unofferedDefaults(pack, archetype, known),
        ];
  });
}

function parameterProblems(
  { document }: SourceOfArchetype,
  { vocabulary }: KnownNames,
  name: string,
  schema: Schema | undefined,
): Problem[] {
  const place = ['parameters', 'properties', name];
  const refuse = (what: string, remedy: string) =>
    problemAt(document, place, what, remedy);
  if (!parameterName.test(name))
    return [
      refuse(
        `"${name}" cannot be the name of a parameter`,
        'Use letters, digits and "_", beginning with a small letter',
      ),
    ];
  if (takenNames.includes(name))
    return [
      refuse(
        `Every app has a ${name} already`,
        'Choose another name for the parameter',
      ),
    ];
  if (typeof schema !== 'object' || schema === null)
    return [refuse(`The parameter ${name} has no schema`, 'Write one')];
  if (!schema.title)
    return [
      refuse(
        `The parameter ${name} has no title`,
        'Write what people call it: title',
      ),
    ];
  if (schema.format === 'password')
    return [
      refuse(
        `The parameter ${name} asks for a secret`,
        'Take it out: what apps read outside is a connection, whose secret the platform team keeps',
      ),
    ];
  const word = schema['x-bailiwick']?.vocabulary;
  const isTyped =
    schema.type || vocabulary.some(({ name: known }) => known === word);
  return isTyped
    ? []
    : [
        refuse(
          `The parameter ${name} has no type`,
          'Write its type, or name a word of the vocabulary under x-bailiwick',
        ),
      ];
}

/** Lists of parameters that name one that is not there. */
function listProblems(
  { document, source }: SourceOfArchetype,
  list: string,
): Problem[] {
  const { [list]: names = [], properties = {} } = source!.parameters as Schema;
  const known = [
    ...Object.keys(properties),
    ...(list === 'ui:order' ? ['*'] : []),
  ];
  return (Array.isArray(names) ? names : [names]).flatMap((name, position) =>
    known.includes(name)
      ? []
      : problemAt(
          document,
          ['parameters', list, position],
          `${list} names "${name}", which is no parameter`,
          oneOf(Object.keys(properties)),
        ),
  );
}

/** What stands under `x-bailiwick` and means nothing. */
function hintProblems(
  { files }: SourceOfPack,
  { document, source }: SourceOfArchetype,
  known: KnownNames,
): Problem[] {
  const { parameters } = source!;
  const words = known.vocabulary.map(({ name }) => name);
  return placesOf(parameters, 'x-bailiwick').flatMap(place => {
    const at = ['parameters', ...place];
    const refuse = (key: string, what: string, remedy: string) =>
      problemAt(document, [...at, key], what, remedy);
    const hints = place.reduce<Schema>((part, key) => part[key], parameters);
    const siblings = Object.keys((parameters.properties ?? {}) as Schema);
    const { notBefore, options, vocabulary } = hints ?? {};
    const holder = place
      .slice(0, -1)
      .reduce<Schema>((part, key) => part[key], parameters);
    const word = known.vocabulary.find(({ name }) => name === vocabulary);
    const type = holder.type ?? (word?.schema as Schema | undefined)?.type;
    const strange = Object.keys(hints ?? {})
      .filter(key => !hintNames.includes(key))
      .map(key =>
        refuse(
          key,
          `x-bailiwick has no "${key}"`,
          `It can say ${hintNames.join(', ')}`,
        ),
      );
    const dataset = known.datasets.find(
      ({ name }) => name === options?.dataset,
    );
    // A file that is not there is told where the data set names it.
    const table = dataset && files.get(String(dataset.file));
    return [
      ...strange,
      ...(vocabulary === undefined || words.includes(vocabulary)
        ? []
        : [
            refuse(
              'vocabulary',
              `The vocabulary has no type "${vocabulary}"`,
              oneOf(words),
            ),
          ]),
      ...(notBefore === undefined || siblings.includes(notBefore)
        ? []
        : [
            refuse(
              'notBefore',
              `notBefore names "${notBefore}", which is no parameter`,
              oneOf(siblings),
            ),
          ]),
      ...(options === undefined || dataset
        ? []
        : [
            refuse(
              'options',
              `The pack has no data set "${options?.dataset}" to choose from`,
              oneOf(known.datasets.map(({ name }) => name)),
            ),
          ]),
      ...(options && ['number', 'integer', 'boolean'].includes(type)
        ? [
            refuse(
              'options',
              `A column offers texts, and this parameter is of the type ${type}`,
              'Make it a text and turn it into a number in the code, or write the choices as enum',
            ),
          ]
        : []),
      ...(dataset && table !== undefined
        ? choiceProblem(dataset.name, options.column, table).map(
            ([what, remedy]) => refuse('options', what, remedy),
          )
        : []),
    ];
  });
}

/** Why a column offers nothing to choose from. */
function choiceProblem(
  dataset: string,
  column: string,
  table: string,
): [what: string, remedy: string][] {
  const choices = Object.keys(columnChoices(table));
  if (choices.includes(column)) return [];
  const columns = table.split('\n')[0].trim().split(',');
  return columns.includes(column)
    ? [
        [
          `The column "${column}" of ${dataset} offers no choice`,
          `Choose one with few values that repeat: ${
            choices.join(', ') || 'there is none'
          }`,
        ],
      ]
    : [
        [
          `The data set ${dataset} has no column "${column}"`,
          oneOf(choices.length > 0 ? choices : columns),
        ],
      ];
}

/** Defaults that a choice does not offer. */
function unofferedDefaults(
  { files }: SourceOfPack,
  { document, source }: SourceOfArchetype,
  { datasets }: KnownNames,
): Problem[] {
  const properties = (source!.parameters.properties ?? {}) as Schema;
  return Object.entries(properties).flatMap(([name, schema]) => {
    const hints = schema['x-bailiwick'] ?? schema.items?.['x-bailiwick'];
    const { column, dataset } = hints?.options ?? {};
    const found = datasets.find(one => one.name === dataset);
    const table = files.get(String(found?.file));
    const choices = table && columnChoices(table)[column];
    if (!choices || schema.default === undefined) return [];
    const strange = [schema.default]
      .flat()
      .filter(one => !choices.includes(String(one)));
    return strange.length === 0
      ? []
      : problemAt(
          document,
          ['parameters', 'properties', name, 'default'],
          `The default of ${name} is not among its choices: ${strange.join(
            ', ',
          )}`,
          oneOf(choices.slice(0, 20)),
        );
  });
}

/** Schemas that are none, and defaults or answers of tests that break them. */
function valueProblems(
  pack: SourceOfPack,
  archetype: SourceOfArchetype,
): Problem[] {
  const { document, source } = archetype;
  const resolved = resolveParameters(source!.parameters, {
    vocabulary: knownNamesOf(pack).vocabulary as never,
  });
  const whole = compileSchema(resolved);
  if ('fault' in whole)
    return [
      problemAt(
        document,
        ['parameters'],
        `The parameters are no JSON Schema: ${whole.fault}`,
        'Correct them; https://json-schema.org tells the keywords',
      ),
    ];
  const defaults = Object.entries(
    (resolved.properties ?? {}) as Schema,
  ).flatMap(([name, schema]) => {
    if (schema.default === undefined) return [];
    const checked = compileSchema(schema);
    const [mismatch] =
      'validate' in checked ? mismatches(checked.validate, schema.default) : [];
    return mismatch
      ? problemAt(
          document,
          ['parameters', 'properties', name, 'default'],
          `The default of ${name} breaks its own schema: it ${mismatch}`,
          'Correct the default or the schema',
        )
      : [];
  });
  const tests = source!.tests.flatMap(({ answers }, position) => {
    const complete = { ...proposedAnswers(resolved), ...answers };
    const [mismatch] = answers ? mismatches(whole.validate, complete) : [];
    return mismatch
      ? problemAt(
          document,
          ['tests', position, 'answers'],
          `The form would refuse these answers: ${mismatch}`,
          'Correct the answers or the parameters',
        )
      : [];
  });
  return [...defaults, ...tests];
}
