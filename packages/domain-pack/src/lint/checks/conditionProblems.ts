import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { columnChoices } from '../../compile';
import { resolveParameters } from '../../parameters/parameters';
import type { Problem } from '../../problem/Problem';
import type { SourceOfArchetype, SourceOfPack } from '../../source/readSource';
import { knownNamesOf, oneOf, problemAt } from './KnownNames';

type Schema = Record<string, any>;

/** Parameters that show with answers that nobody can give, or that have nothing when they are hidden. */
export function conditionProblems(
  pack: SourceOfPack,
  { document, source }: SourceOfArchetype,
): Problem[] {
  const properties = (source!.parameters.properties ?? {}) as Schema;
  return Object.entries(properties).flatMap(([name, schema]) => {
    const when = schema?.['x-bailiwick']?.when;
    if (when === undefined) return [];
    const refuse = (what: string, remedy: string) => [
      problemAt(
        document,
        ['parameters', 'properties', name, 'x-bailiwick', 'when'],
        what,
        remedy,
      ),
    ];
    const { is, parameter } = when ?? {};
    if (typeof parameter !== 'string' || !Array.isArray(is) || is.length === 0)
      return refuse(
        `It is not clear when ${name} shows`,
        'Write { parameter: method, is: [parametric] }',
      );
    const other = properties[parameter];
    if (!other || parameter === name)
      return refuse(
        `${name} shows with answers to "${parameter}", which is no other parameter`,
        oneOf(Object.keys(properties).filter(one => one !== name)),
      );
    if (other['x-bailiwick']?.when)
      return refuse(
        `${name} shows with answers to ${parameter}, which is hidden itself at times`,
        'Name a parameter that always shows',
      );
    const answers = answersTo(pack, other);
    const impossible = is.filter(answer => !answers.includes(answer));
    if (impossible.length > 0)
      return refuse(
        `Nobody can answer ${impossible.join(', ')} to ${parameter}`,
        answers.length > 0
          ? `Name some of: ${answers.join(', ')}`
          : 'Name a parameter of type boolean, or one with an enum or options',
      );
    return schema.default === undefined
      ? refuse(
          `${name} has no default, and it is not always asked for`,
          'Write one: it holds while the parameter is hidden',
        )
      : [];
  });
}

/** All answers that a form takes to a parameter; none where it takes too many to list. */
function answersTo(pack: SourceOfPack, schema: Schema): unknown[] {
  const { datasets, vocabulary } = knownNamesOf(pack);
  const resolved = resolveParameters(schema, {
    vocabulary: vocabulary as unknown as DomainPack['spec']['vocabulary'],
  });
  if (resolved.type === 'boolean') return [true, false];
  if (resolved.enum) return resolved.enum;
  const { column, dataset } = schema['x-bailiwick']?.options ?? {};
  const file = datasets.find(({ name }) => name === dataset)?.file;
  return columnChoices(pack.files.get(String(file)) ?? '')[column] ?? [];
}
