import { brokenAnswers } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { compileDatasets } from '../../compile';
import { parameterName, takenNames } from '../../parameters/parameterNames';
import { proposedAnswers } from '../../parameters/proposedAnswers';
import type { Problem } from '../../problem/Problem';
import type { PackSource } from '../../source/readSource';
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
export function checkParameters(pack: PackSource): Problem[] {
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
            'References to other schemas ($ref) are not allowed',
            'Inline the referenced schema',
          );
      },
      refuse => {
        if (parameters.type !== 'object')
          refuse(
            ['parameters'],
            'The parameters are not an object',
            'Write type: object and put each parameter under properties',
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
      `"${name}" is not a valid parameter name`,
      'Use letters, digits and "_", starting with a lowercase letter',
    );
  else if (takenNames.includes(name))
    refuse(
      `Every app already has a ${name}`,
      'Choose another name for the parameter',
    );
  else if (typeof schema !== 'object' || schema === null)
    refuse(`The parameter ${name} has no schema`, 'Write one');
  else if (!schema.title)
    refuse(`The parameter ${name} has no title`, 'Add a title for the form');
  else if (schema.format === 'password')
    refuse(
      `The parameter ${name} requests a secret`,
      'Use a connection instead; the platform team stores its secret',
    );
  else if (!schema.type && !namesOf(vocabulary).includes(word))
    refuse(
      `The parameter ${name} has no type`,
      'Add a type, or a vocabulary type under x-bailiwick',
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
        `${list} contains "${name}", which is not a parameter`,
        oneOf(known, name),
      );
}

/** Reports keys under `x-bailiwick` that have no effect. */
function checkHints(
  pack: PackSource,
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
          `x-bailiwick does not support "${key}"`,
          `Use ${hintNames.join(', ')}`,
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
        `notBefore refers to "${notBefore}", which is not a parameter`,
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
        `The pack has no data set "${options?.dataset}"`,
        oneOf(namesOf(datasets), options?.dataset),
      );
    if (options && ['number', 'integer', 'boolean'].includes(type))
      refuseHint(
        'options',
        `Choices from a column are strings, but this parameter has the type ${type}`,
        'Use type: string and convert the value in the code, or list the choices as enum',
      );
    for (const key of Object.keys(options ?? {}))
      if (!optionNames.includes(key))
        refuse(
          ['parameters', ...place, 'options', key],
          `options does not support "${key}"`,
          `Use ${optionNames.join(', ')}`,
        );
    if (dataset)
      checkColumn(pack, options, (what, remedy) =>
        refuseHint('options', what, remedy),
      );
  }
}

/** Schemas that are none, and defaults or answers of tests that break them. */
function checkValues(
  pack: PackSource,
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
        `The default of ${name} violates its own schema: it ${mismatch}`,
        schema.type === 'string' && typeof schema.default === 'number'
          ? `Quote it with all of its digits: '${schema.default}'`
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
        `The form rejects these answers: ${mismatch}`,
        'Correct the answers or the parameters',
      );
  }
}
