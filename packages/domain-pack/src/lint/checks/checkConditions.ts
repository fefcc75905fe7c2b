import { columnOptions } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { offeredAnswers } from '../../parameters/offeredAnswers';
import type { PackSource } from '../../source/readSource';
import { knownSpec, oneOf } from './KnownNames';
import type { Refuse, ValidArchetype } from './problemsIn';

type Schema = Record<string, any>;

/** Reports parameters whose condition no answer can meet, or that have no value while hidden. */
export function checkConditions(
  pack: PackSource,
  { source }: ValidArchetype,
  refuse: Refuse,
): void {
  const properties = (source.parameters.properties ?? {}) as Schema;
  for (const [name, schema] of Object.entries(properties)) {
    const when = schema?.['x-bailiwick']?.when;
    if (when !== undefined)
      checkCondition(pack, properties, name, (what, remedy) =>
        refuse(
          ['parameters', 'properties', name, 'x-bailiwick', 'when'],
          what,
          remedy,
        ),
      );
  }
}

function checkCondition(
  pack: PackSource,
  properties: Schema,
  name: string,
  refuse: (what: string, remedy: string) => void,
): void {
  const schema = properties[name];
  const { is, parameter } = schema['x-bailiwick'].when ?? {};
  if (typeof parameter !== 'string' || !Array.isArray(is) || is.length === 0) {
    refuse(
      `The condition for showing ${name} is incomplete`,
      'Write { parameter: method, is: [parametric] }',
    );
    return;
  }
  const other = properties[parameter];
  if (!other || parameter === name) {
    refuse(
      `${name} depends on the parameter "${parameter}", which does not exist`,
      oneOf(
        Object.keys(properties).filter(one => one !== name),
        parameter,
      ),
    );
    return;
  }
  const listed = offeredAnswers(knownSpec(pack), other);
  // Why a column offers nothing is reported where the column is named, or its file is read.
  if (listed.length === 0 && columnOptions(other)) return;
  const answers = other.type === 'array' ? [] : listed;
  const impossible = is.filter(answer => !answers.includes(answer));
  if (other['x-bailiwick']?.when)
    refuse(
      `${name} depends on ${parameter}, which is not always shown`,
      'Choose a parameter that is always shown',
    );
  else if (impossible.length > 0)
    refuse(
      `${impossible.join(', ')} is not a possible answer to ${parameter}`,
      answers.length > 0
        ? `Use some of: ${answers.join(', ')}`
        : 'Choose a parameter of type boolean, or one with an enum or options',
    );
  else if (schema.default === undefined)
    refuse(
      `${name} has no default but is not always shown`,
      'Add a default; it applies while the parameter is hidden',
    );
}
