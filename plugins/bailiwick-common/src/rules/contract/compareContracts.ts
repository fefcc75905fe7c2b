import type { Contract, ContractColumn, ContractFunction } from '../../kinds';

/** Effect of a change on consumers and builders: they must change something, notice it, or neither. @public */
export type ChangeLevel = 'breaking' | 'behaviour' | 'cosmetic';

/** A difference between two versions. @public */
export interface Difference {
  level: ChangeLevel;
  /** Description of the change, such as `The column volatility was removed`. */
  what: string;
}

type Json = Record<string, any>;

const breaking = (what: string): Difference => ({ level: 'breaking', what });
const behaviour = (what: string): Difference => ({ level: 'behaviour', what });
const areSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** Compares lists of named items: a removed item is breaking, a new one is not. @public */
export function compareByName<T extends { name: string }>(
  before: readonly T[],
  after: readonly T[],
  {
    compare,
    of = '',
    what,
  }: {
    compare: (one: T, other: T) => Difference[];
    /** Owner of the list, such as `price-feed: `. */
    of?: string;
    what: string;
  },
): Difference[] {
  const named = (name: string) =>
    `${what[0].toUpperCase()}${what.slice(1)} ${name}`;
  const news = after
    .filter(({ name }) => before.every(one => one.name !== name))
    .map(({ name }) => behaviour(`${of}${named(name)} was added`));
  return [
    ...before.flatMap(one => {
      const other = after.find(({ name }) => name === one.name);
      return other
        ? compare(one, other)
        : [breaking(`${of}${named(one.name)} was removed`)];
    }),
    ...news,
  ];
}

/** Returns the differences between two contracts for consumers: calls and results. @public */
export function compareContracts(
  before: Contract,
  after: Contract,
): Difference[] {
  return compareByName(before.functions, after.functions, {
    what: 'function',
    compare: (one, other) => [
      ...compareCalls(one, other),
      ...compareResults('', one, other),
    ],
  });
}

/** Returns the differences between two results for consumers. @public */
export function compareResults(
  of: string,
  { name, result: before }: ContractFunction,
  { result: after }: ContractFunction,
): Difference[] {
  if (before.kind !== after.kind)
    return [breaking(`${of}${name} now returns a ${after.kind}`)];
  const key = areSame(before.key ?? [], after.key ?? [])
    ? []
    : [breaking(`${of}${name} has a different key`)];
  const [was, is] = [before, after].map(({ schema }) => schema?.type);
  const value =
    was === undefined || is === undefined || areSame(was, is)
      ? []
      : [breaking(`${of}${name} now returns a ${is} instead of a ${was}`)];
  return [
    ...key,
    ...value,
    ...compareByName(before.columns ?? [], after.columns ?? [], {
      what: 'column',
      of: `${of}${name}: `,
      compare: (one, other) => [
        ...(one.type === other.type || isRenamedOnly(one, other)
          ? []
          : [breaking(`${of}${name}.${one.name} now has type ${other.type}`)]),
        ...(one.unit === undefined || one.unit === other.unit
          ? []
          : [
              breaking(
                `${of}${name}.${one.name} now has ${
                  other.unit ? `unit ${other.unit}` : 'no unit'
                } instead of ${one.unit}`,
              ),
            ]),
        ...(!one.nullable && other.nullable
          ? [breaking(`${of}${name}.${one.name} can be empty now`)]
          : []),
      ],
    }),
  ];
}

/** Whether a runtime now knows a name for a type that was just Json, while the values are the same. */
function isRenamedOnly(one: ContractColumn, other: ContractColumn): boolean {
  return one.type === 'Json' && areSame(one.schema, other.schema);
}

function compareCalls(
  { name, parameters: before }: ContractFunction,
  { parameters: after }: ContractFunction,
): Difference[] {
  const typeIn = ({ properties = {} }: Json, parameter: string) =>
    properties[parameter]?.type;
  const requiredIn = ({ required = [] }: Json): string[] => required;
  const [taken, takes] = [before, after].map(({ properties = {} }: Json) =>
    Object.keys(properties),
  );
  return [
    ...taken
      .filter(one => !takes.includes(one))
      .map(one => breaking(`${name} no longer accepts ${one}`)),
    ...requiredIn(after)
      .filter(one => !requiredIn(before).includes(one))
      .map(one => breaking(`${name} now requires ${one}`)),
    ...taken
      .filter(one => takes.includes(one))
      .filter(one => !areSame(typeIn(before, one), typeIn(after, one)))
      .map(one => breaking(`${name} now expects a different type for ${one}`)),
  ];
}
