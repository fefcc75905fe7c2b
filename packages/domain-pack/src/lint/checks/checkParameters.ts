import { brokenAnswers } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { compileDatasets } from '../../compile';
import {
  parameterName,
  proposedAnswers,
  takenNames,
} from '../../parameters/parameters';
import type { Problem } from '../../problem/Problem';
import type { SourceOfPack } from '../../source/readSource';
import {
  compileSchema,
  mismatches,
  placesOf,
} from '../../parameters/jsonSchema';
import {
  knownNamesOf,
  namesOf,
  oneOf,
  resolveSchema,
  type KnownNames,
} from './KnownNames';
import { compileOrRefuse } from './compileOrRefuse';
import { checkConditions } from './checkConditions';
import { checkNarrowing } from './checkNarrowing';
import { unsortedParameters } from './checkOrder';
import { checkColumn, checkOffers } from './checkOptions';
import {
  problemsIn,
  validArchetypes,
  type Refuse,
  type ValidArchetype,
} from './problemsIn';

type Schema = Record<string, any>;

const hintNames = ['vocabulary', 'options', 'notBefore', 'when'];
const optionNames = ['dataset', 'column', 'where'];

/** Forms that cannot be drawn, or whose answers could not be right. */
export function checkParameters(pack: SourceOfPack): Problem[] {
  const known = knownNamesOf(pack);
  return validArchetypes(pack).flatMap(archetype => {
    const { parameters } = archetype.source;
    const properties = (parameters.properties ?? {}) as Schema;
    return problemsIn(
      archetype.document,
      refuse => {
        for (const place of placesOf(parameters, '$ref'))
          refuse(
            ['parameters', ...place],
            'It refers to another schema ($ref)',
            'Write the schema out: a form is one schema without references',
          );
      },
      refuse => {
        if (parameters.type !== 'object')
          refuse(
            ['parameters'],
            'The parameters are no object',
            'Write type: object, and each parameter under properties',
          );
      },
      refuse => {
        for (const [name, schema] of Object.entries(properties))
          checkParameter(name, schema, known, (what, remedy) =>
            refuse(['parameters', 'properties', name], what, remedy),
          );
        checkList('required', parameters, refuse);
        checkList('ui:order', parameters, refuse);
        checkHints(pack, parameters, known, refuse);
        checkConditions(pack, archetype, refuse);
        checkNarrowing(pack, parameters, refuse);
      },
      refuse => {
        checkValues(pack, archetype, refuse);
        checkOffers(pack, parameters, refuse);
      },
    );
  });
}

function checkParameter(
  name: string,
  schema: Schema | undefined,
  { vocabulary }: KnownNames,
  refuse: (what: string, remedy: string) => void,
): void {
  const word = schema?.['x-bailiwick']?.vocabulary;
  if (!parameterName.test(name))
    refuse(
      `"${name}" cannot be the name of a parameter`,
      'Use letters, digits and "_", beginning with a small letter',
    );
  else if (takenNames.includes(name))
    refuse(
      `Every app has a ${name} already`,
      'Choose another name for the parameter',
    );
  else if (typeof schema !== 'object' || schema === null)
    refuse(`The parameter ${name} has no schema`, 'Write one');
  else if (!schema.title)
    refuse(
      `The parameter ${name} has no title`,
      'Write what people call it: title',
    );
  else if (schema.format === 'password')
    refuse(
      `The parameter ${name} asks for a secret`,
      'Take it out: what apps read outside is a connection, whose secret the platform team keeps',
    );
  else if (!schema.type && !namesOf(vocabulary).includes(word))
    refuse(
      `The parameter ${name} has no type`,
      'Write its type, or name a word of the vocabulary under x-bailiwick',
    );
}

/** Lists of parameters that name one that is not there. */
function checkList(
  list: 'required' | 'ui:order',
  { [list]: names = [], properties = {} }: Schema,
  refuse: Refuse,
): void {
  const known = Object.keys(properties);
  for (const [position, name] of [names].flat().entries())
    if (!known.includes(name) && !(list === 'ui:order' && name === '*'))
      refuse(
        ['parameters', list, position],
        `${list} names "${name}", which is no parameter`,
        oneOf(known, name),
      );
}

/** What stands under `x-bailiwick` and means nothing. */
function checkHints(
  pack: SourceOfPack,
  parameters: Schema,
  { datasets, vocabulary: words }: KnownNames,
  refuse: Refuse,
): void {
  const at = (place: string[]) =>
    place.reduce<Schema>((part, key) => part[key], parameters);
  const siblings = Object.keys((parameters.properties ?? {}) as Schema);
  for (const place of placesOf(parameters, 'x-bailiwick')) {
    const refuseHint = (key: string, what: string, remedy: string) =>
      refuse(['parameters', ...place, key], what, remedy);
    const hints = at(place) ?? {};
    const { notBefore, options, vocabulary } = hints;
    const word = words.find(({ name }) => name === vocabulary);
    const type =
      at(place.slice(0, -1)).type ?? (word?.schema as Schema | undefined)?.type;
    const dataset = datasets.find(({ name }) => name === options?.dataset);
    for (const key of Object.keys(hints))
      if (!hintNames.includes(key))
        refuseHint(
          key,
          `x-bailiwick has no "${key}"`,
          `It can say ${hintNames.join(', ')}`,
        );
    if (vocabulary !== undefined && !word)
      refuseHint(
        'vocabulary',
        `The vocabulary has no type "${vocabulary}"`,
        oneOf(namesOf(words), vocabulary),
      );
    if (notBefore !== undefined && !siblings.includes(notBefore))
      refuseHint(
        'notBefore',
        `notBefore names "${notBefore}", which is no parameter`,
        oneOf(siblings, notBefore),
      );
    const unsorted =
      siblings.includes(notBefore) &&
      unsortedParameters([
        resolveSchema(pack, at(place.slice(0, -1))),
        resolveSchema(pack, parameters.properties[notBefore]),
      ]);
    if (unsorted) refuseHint('notBefore', ...unsorted);
    if (options !== undefined && !dataset)
      refuseHint(
        'options',
        `The pack has no data set "${options?.dataset}" to choose from`,
        oneOf(namesOf(datasets), options?.dataset),
      );
    if (options && ['number', 'integer', 'boolean'].includes(type))
      refuseHint(
        'options',
        `A column offers texts, and this parameter is of the type ${type}`,
        'Make it a text and turn it into a number in the code, or write the choices as enum',
      );
    for (const key of Object.keys(options ?? {}))
      if (!optionNames.includes(key))
        refuse(
          ['parameters', ...place, 'options', key],
          `options has no "${key}"`,
          `It can say ${optionNames.join(', ')}`,
        );
    if (dataset)
      checkColumn(pack, options, (what, remedy) =>
        refuseHint('options', what, remedy),
      );
  }
}

/** Schemas that are none, and defaults or answers of tests that break them. */
function checkValues(
  pack: SourceOfPack,
  { source }: ValidArchetype,
  refuse: Refuse,
): void {
  const resolved = resolveSchema(pack, source.parameters);
  const validate = compileOrRefuse('parameters', resolved, refuse);
  if (!validate) return;
  for (const [name, schema] of Object.entries<Schema>(
    resolved.properties ?? {},
  )) {
    if (schema.default === undefined) continue;
    const checked = compileSchema(schema);
    const [mismatch] =
      'validate' in checked ? mismatches(checked.validate, schema.default) : [];
    if (mismatch)
      refuse(
        ['parameters', 'properties', name, 'default'],
        `The default of ${name} breaks its own schema: it ${mismatch}`,
        schema.type === 'string' && typeof schema.default === 'number'
          ? `Write it in quotes, with all of its digits: '${schema.default}'`
          : 'Correct the default or the schema',
      );
  }
  const known = Object.keys(resolved.properties ?? {});
  for (const [position, { answers }] of source.tests.entries()) {
    const unknown = Object.keys(answers ?? {}).filter(
      name => !known.includes(name),
    );
    for (const name of unknown)
      refuse(
        ['tests', position, 'answers', name],
        `The form has no parameter "${name}"`,
        known.length > 0 ? oneOf(known, name) : 'Remove the answer',
      );
    if (unknown.length > 0) continue;
    const complete = { ...proposedAnswers(resolved), ...answers };
    const [mismatch] = answers
      ? [
          ...mismatches(validate, complete),
          ...brokenAnswers(source.parameters, complete, compileDatasets(pack)),
        ]
      : [];
    if (mismatch)
      refuse(
        ['tests', position, 'answers'],
        `The form would refuse these answers: ${mismatch}`,
        'Correct the answers or the parameters',
      );
  }
}
