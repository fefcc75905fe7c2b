import type {
  Archetype,
  Contract,
  DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { isDeepStrictEqual } from 'node:util';

/** Whether readers and builders have to change something, notice something, or neither. */
export type ChangeLevel = 'breaking' | 'behaviour' | 'cosmetic';

/** One difference between two versions of a pack. */
export interface PackChange {
  level: ChangeLevel;
  /** What changed, such as `price-feed: prices has no column volatility any more`. */
  what: string;
}

type Json = Record<string, any>;
type Functions = Contract['functions'];

const breaking = (what: string): PackChange => ({ level: 'breaking', what });
const behaviour = (what: string): PackChange => ({ level: 'behaviour', what });
const cosmetic = (what: string): PackChange => ({ level: 'cosmetic', what });

/** Everything that the second of two packs has otherwise, by how much it matters. */
export function diffPacks(
  { spec: before }: DomainPack,
  { spec: after }: DomainPack,
): PackChange[] {
  return [
    ...texts('The pack', before, after, ['title', 'description', 'owners']),
    ...byName(before.vocabulary, after.vocabulary, {
      what: 'the word',
      compare: (one, other) => [
        ...(isDeepStrictEqual(one.schema.type, other.schema.type) &&
        one.schema.format === other.schema.format &&
        one.unit === other.unit
          ? []
          : [breaking(`The word ${one.name} has another type or unit`)]),
        ...(isDeepStrictEqual(
          { ...one.schema, type: 0, format: 0 },
          { ...other.schema, type: 0, format: 0 },
        )
          ? []
          : [behaviour(`The word ${one.name} takes other values`)]),
        ...texts(`The word ${one.name}`, one, other, [
          'description',
          'examples',
        ]),
      ],
    }),
    ...byName(before.runtimes, after.runtimes, {
      what: 'the runtime',
      compare: (one, other) =>
        isDeepStrictEqual(one, other)
          ? []
          : [behaviour(`The runtime ${one.name} has another image or limits`)],
    }),
    ...byName(before.datasets, after.datasets, {
      what: 'the data set',
      compare: (one, other) => [
        ...(isDeepStrictEqual(one.key, other.key) && one.file === other.file
          ? []
          : [breaking(`The data set ${one.name} has another key or file`)]),
        ...texts(`The data set ${one.name}`, one, other, ['title', 'licence']),
      ],
    }),
    ...byName(before.archetypes, after.archetypes, {
      what: 'the archetype',
      compare: compareArchetypes,
    }),
  ];
}

/** Differences of lists whose items have names: what is gone breaks, what is new does not. */
function byName<T extends { name: string }>(
  before: readonly T[],
  after: readonly T[],
  {
    compare,
    of = '',
    what,
  }: {
    compare: (one: T, other: T) => PackChange[];
    /** What has the list, such as `price-feed: `. */
    of?: string;
    what: string;
  },
): PackChange[] {
  const news = after
    .filter(({ name }) => before.every(one => one.name !== name))
    .map(({ name }) => behaviour(`${of}There is ${what} ${name} now`));
  return [
    ...before.flatMap(one => {
      const other = after.find(({ name }) => name === one.name);
      return other
        ? compare(one, other)
        : [breaking(`${of}There is ${what} ${one.name} no more`)];
    }),
    ...news,
  ];
}

function texts(of: string, before: Json, after: Json, fields: string[]) {
  return fields
    .filter(field => !isDeepStrictEqual(before[field], after[field]))
    .map(field => cosmetic(`${of}: another ${field}`));
}

function compareArchetypes(before: Archetype, after: Archetype): PackChange[] {
  const of = `${before.name}: `;
  const other =
    before.shape === after.shape
      ? []
      : [breaking(`${of}Its apps run otherwise, as ${after.shape}`)];
  const runtime =
    before.runtime === after.runtime
      ? []
      : [behaviour(`${of}Its apps run on ${after.runtime}`)];
  return [
    ...other,
    ...runtime,
    ...texts(before.name, before, after, [
      'title',
      'description',
      'minutes',
      'example',
    ]),
    ...compareParameters(of, before.parameters, after.parameters),
    ...byName(functionsOf(before), functionsOf(after), {
      what: 'the function',
      of,
      compare: (one, two) => compareFunctions(of, one, two),
    }),
    ...compareFiles(of, before, after),
  ];
}

function functionsOf({ contract }: Archetype): Functions {
  return (contract as Partial<Contract>).functions ?? [];
}

function compareFunctions(
  of: string,
  { name, result: before }: Functions[number],
  { result: after }: Functions[number],
): PackChange[] {
  if (before.kind !== after.kind)
    return [breaking(`${of}${name} gives a ${after.kind} now`)];
  const key = isDeepStrictEqual(before.key ?? [], after.key ?? [])
    ? []
    : [breaking(`${of}${name} has another key`)];
  return [
    ...key,
    ...byName(before.columns ?? [], after.columns ?? [], {
      what: 'the column',
      of: `${of}${name}: `,
      compare: (one, other) => [
        ...(one.type === other.type
          ? []
          : [breaking(`${of}${name}.${one.name} is a ${other.type} now`)]),
        ...(!one.nullable && other.nullable
          ? [breaking(`${of}${name}.${one.name} may be empty now`)]
          : []),
      ],
    }),
  ];
}

function compareParameters(
  of: string,
  before: Json,
  after: Json,
): PackChange[] {
  const list = ({ properties = {} }: Json) =>
    Object.entries(properties as Json).map(([name, schema]) => ({
      name,
      schema,
    }));
  const isRequired = ({ required = [] }: Json, name: string) =>
    required.includes(name);
  const shown = ['title', 'description'];
  const told = (schema: Json) =>
    Object.fromEntries(
      Object.entries(schema).filter(([field]) => !shown.includes(field)),
    );
  const demanded = list(after)
    .filter(
      ({ name, schema }) =>
        isRequired(after, name) &&
        !isRequired(before, name) &&
        schema.default === undefined,
    )
    .map(({ name }) => breaking(`${of}The form demands ${name} now`));
  return [
    ...demanded,
    ...byName(list(before), list(after), {
      what: 'the parameter',
      of,
      compare: (one, other) => [
        ...(one.schema.type === other.schema.type
          ? []
          : [breaking(`${of}The parameter ${one.name} has another type`)]),
        ...(isDeepStrictEqual(told(one.schema), told(other.schema))
          ? []
          : [behaviour(`${of}The parameter ${one.name} takes other answers`)]),
        ...texts(
          `${of}The parameter ${one.name}`,
          one.schema,
          other.schema,
          shown,
        ),
      ],
    }),
  ];
}

/** Code and data that new apps get; words for people are cosmetic. */
function compareFiles(of: string, before: Archetype, after: Archetype) {
  const named = ({ files }: Archetype) =>
    files.map(file => ({ name: file.path, ...file }));
  const [olds, news] = [named(before), named(after)];
  const changed = olds.filter(one => {
    const other = news.find(({ name }) => name === one.name);
    return !isDeepStrictEqual(one, other);
  });
  const added = news.filter(({ name }) => !olds.some(one => one.name === name));
  return [...changed, ...added].map(({ path }) =>
    path.endsWith('.md')
      ? cosmetic(`${of}Another ${path}`)
      : behaviour(`${of}New apps get another ${path}`),
  );
}
