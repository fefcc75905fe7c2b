import {
  answerChoices,
  columnOptions,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { distinctValues, mostChoices } from '../../compile/columnChoices';
import { offeredAnswers } from '../../parameters/offeredAnswers';
import { placesOf } from '../../parameters/jsonSchema';
import type { PackSource } from '../../source/readSource';
import { tableOf } from '../../source/tableOf';
import { knownSpec, oneOf } from './KnownNames';
import type { Refuse } from './problemsIn';

type Schema = Record<string, any>;

/** Values that a message names. */
const mostNamed = 10;

/** Reports choices that depend on an impossible answer, or have no options left (`where`). */
export function checkNarrowing(
  pack: PackSource,
  parameters: Schema,
  refuse: Refuse,
): void {
  const properties: Schema = parameters.properties ?? {};
  for (const place of placesOf(parameters, 'where')) {
    if (place.at(-2) !== 'options' || place.at(-3) !== 'x-bailiwick') continue;
    const [parent, name, ...within] = place.slice(0, -3);
    const refuseHere = (what: string, remedy: string) =>
      refuse(['parameters', ...place], what, remedy);
    if (
      parent !== 'properties' ||
      name === undefined ||
      within.length > 1 ||
      (within[0] ?? 'items') !== 'items'
    )
      refuseHere(
        'Only the choices of a parameter or of list items can depend on another answer',
        'Move the parameter to the top level of the form, or remove where',
      );
    else checkWhere(pack, properties, name, refuseHere);
  }
}

function checkWhere(
  pack: PackSource,
  properties: Schema,
  name: string,
  refuse: (what: string, remedy: string) => void,
): void {
  const options = columnOptions(properties[name])!;
  const { column, dataset, where } = options;
  const pairs = typeof where === 'object' && where ? Object.entries(where) : [];
  const [[by, parameter] = []] = pairs;
  if (pairs.length !== 1 || by === undefined || typeof parameter !== 'string') {
    refuse(
      `where must have exactly one column and one parameter for the choices of ${name}`,
      'Write a column and a parameter, such as where: { country: country }',
    );
    return;
  }
  const spec = knownSpec(pack);
  const file = spec.datasets.find(one => one.name === dataset)?.file;
  const table = file === undefined ? undefined : tableOf(pack.files, file);
  // What is wrong with the data set, or its column, is reported elsewhere.
  if (!table || 'problem' in table || !table.columns.includes(column)) return;
  if (!table.columns.includes(by)) {
    refuse(
      `The data set ${dataset} has no column "${by}"`,
      oneOf(
        table.columns.filter(one => one !== column),
        by,
      ),
    );
    return;
  }
  // A parameter without a schema is reported elsewhere.
  const others = Object.keys(properties).filter(
    one => one !== name && properties[one] instanceof Object,
  );
  const listed = (one: string) => offeredAnswers(spec, properties[one]);
  if (!others.includes(parameter)) {
    const isMissing =
      parameter === name || !Object.hasOwn(properties, parameter);
    const candidates = others.filter(
      one =>
        !properties[one]['x-bailiwick']?.when &&
        !dependsOn(properties, one, name) &&
        listed(one).length > 0,
    );
    if (isMissing)
      refuse(
        `The choices of ${name} depend on the parameter "${parameter}", which does not exist`,
        candidates.length > 0
          ? oneOf(candidates, parameter)
          : 'Add a parameter of type boolean or one with an enum or options, or remove where',
      );
    return;
  }
  const answers = listed(parameter);
  // Why a column offers nothing is reported where the column is named, or its file is read.
  if (answers.length === 0 && columnOptions(properties[parameter])) return;
  const choices = answerChoices(spec.datasets, options);
  const narrowed = choices?.narrowed?.values ?? {};
  const without = answers.filter(
    answer =>
      isShownWith(properties[name], parameter, answer) &&
      !(
        Object.hasOwn(narrowed, String(answer)) &&
        narrowed[String(answer)].length > 0
      ),
  );
  if (properties[parameter]['x-bailiwick']?.when)
    refuse(
      `The choices of ${name} depend on ${parameter}, which is not always shown`,
      'Choose a parameter that is always shown',
    );
  else if (dependsOn(properties, parameter, name))
    refuse(
      `The choices of ${name} and of ${parameter} depend on each other`,
      'Remove where from one of them',
    );
  else if (answers.length === 0)
    refuse(
      `The choices of ${name} depend on ${parameter}, whose answers cannot be listed`,
      'Choose a parameter of type boolean, or one with an enum or options',
    );
  else if (!choices && distinctValues(table, by).length > mostChoices)
    refuse(
      `The column ${by} of ${dataset} has more than ${mostChoices} different values`,
      'Choose a column with fewer values',
    );
  else if (choices && without.length > 0)
    refuse(
      `${name} has no choices when ${parameter} is ${without
        .slice(0, mostNamed)
        .join(', ')}${
        without.length > mostNamed ? ` (${without.length} in total)` : ''
      }`,
      `Add rows with that ${by} to ${file}, or remove it from the choices of ${parameter}`,
    );
}

/** Whether a parameter can be shown with an answer to another one. */
function isShownWith(
  schema: Schema,
  parameter: string,
  answer: unknown,
): boolean {
  const when = schema['x-bailiwick']?.when;
  return (
    when?.parameter !== parameter ||
    // What is wrong with the condition is reported elsewhere.
    !Array.isArray(when.is) ||
    when.is.includes(answer)
  );
}

/** Whether the choices of a parameter depend on the answer to another one, also by way of others. */
function dependsOn(
  properties: Schema,
  name: string,
  other: string,
  seen: readonly string[] = [],
): boolean {
  const next = Object.values(columnOptions(properties[name])?.where ?? {});
  return next.some(
    one =>
      one === other ||
      (!seen.includes(one) &&
        dependsOn(properties, one, other, [...seen, name])),
  );
}
