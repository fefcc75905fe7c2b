import { columnChoices } from '../../compile';
import type { SourceOfPack } from '../../source/readSource';
import { readTable } from '../../source/readTable';
import { knownNamesOf, oneOf, resolveSchema } from './KnownNames';
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
      `${name} shows with answers to "${parameter}", which is no other parameter`,
      oneOf(Object.keys(properties).filter(one => one !== name)),
    );
    return;
  }
  const answers = answersTo(pack, other);
  const impossible = is.filter(answer => !answers.includes(answer));
  if (other['x-bailiwick']?.when)
    refuse(
      `${name} shows with answers to ${parameter}, which is hidden itself at times`,
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

/** All answers that a form takes to a parameter; none where it takes too many to list. */
function answersTo(pack: SourceOfPack, schema: Schema): unknown[] {
  const resolved = resolveSchema(pack, schema);
  if (resolved.type === 'boolean') return [true, false];
  if (resolved.enum) return resolved.enum;
  const { column, dataset } = schema['x-bailiwick']?.options ?? {};
  const { datasets } = knownNamesOf(pack);
  const file = datasets.find(({ name }) => name === dataset)?.file;
  const text = pack.files.get(String(file)) ?? '';
  return 'problem' in readTable(String(file), text)
    ? []
    : columnChoices(text)[column] ?? [];
}
