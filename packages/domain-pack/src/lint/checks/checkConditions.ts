import { columnOptions } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { offeredAnswers } from '../../parameters/offeredAnswers';
import type { SourceOfPack } from '../../source/readSource';
import { knownSpec, oneOf } from './KnownNames';
import type { Refuse, ValidArchetype } from './problemsIn';

type Schema = Record<string, any>;

/** Parameters that show with answers that nobody can give, or that have nothing when they are hidden. */
export function checkConditions(
  pack: SourceOfPack,
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
  pack: SourceOfPack,
  properties: Schema,
  name: string,
  refuse: (what: string, remedy: string) => void,
): void {
  const schema = properties[name];
  const { is, parameter } = schema['x-bailiwick'].when ?? {};
  if (typeof parameter !== 'string' || !Array.isArray(is) || is.length === 0) {
    refuse(
      `It is not clear when ${name} shows`,
      'Write { parameter: method, is: [parametric] }',
    );
    return;
  }
  const other = properties[parameter];
  if (!other || parameter === name) {
    refuse(
      `${name} shows with answers to "${parameter}", but there is no other parameter "${parameter}"`,
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
      `${name} shows with answers to ${parameter}, which is not always shown`,
      'Name a parameter that always shows',
    );
  else if (impossible.length > 0)
    refuse(
      `Nobody can answer ${impossible.join(', ')} to ${parameter}`,
      answers.length > 0
        ? `Name some of: ${answers.join(', ')}`
        : 'Name a parameter of type boolean, or one with an enum or options',
    );
  else if (schema.default === undefined)
    refuse(
      `${name} has no default, and it is not always asked for`,
      'Write one: it holds while the parameter is hidden',
    );
}
