import type {
  Archetype,
  Contract,
  DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  answerChoices,
  compareByName as byName,
  compareResults,
  type Difference,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { isDeepStrictEqual } from 'node:util';
import { resolveParameters } from '../parameters/resolveParameters';

type Json = Record<string, any>;

const breaking = (what: string): Difference => ({ level: 'breaking', what });
const behaviour = (what: string): Difference => ({ level: 'behaviour', what });
const cosmetic = (what: string): Difference => ({ level: 'cosmetic', what });

/** Returns all differences between two packs, with their levels. */
export function diffPacks(
  { spec: before }: DomainPack,
  { spec: after }: DomainPack,
): Difference[] {
  return [
    ...texts('The pack', before, after, ['title', 'description', 'owners']),
    ...byName(before.vocabulary, after.vocabulary, {
      what: 'the word',
      compare: (one, other) => [
        ...compareMeaning(one, other),
        ...(isDeepStrictEqual(
          { ...one.schema, type: 0, format: 0 },
          { ...other.schema, type: 0, format: 0 },
        )
          ? []
          : [behaviour(`The vocabulary type ${one.name} allows other values`)]),
        ...(one.edm === other.edm
          ? []
          : [
              behaviour(
                `The vocabulary type ${one.name} has another OData type`,
              ),
            ]),
        ...texts(`The vocabulary type ${one.name}`, one, other, [
          'description',
          'examples',
          'excel',
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
        ...(isDeepStrictEqual(one.labels, other.labels)
          ? []
          : [cosmetic(`The data set ${one.name} has other labels`)]),
        ...texts(`The data set ${one.name}`, one, other, ['title', 'licence']),
      ],
    }),
    ...byName(before.connections ?? [], after.connections ?? [], {
      what: 'the connection',
      compare: (one, other) =>
        one.kind === other.kind
          ? texts(`The connection ${one.name}`, one, other, [
              'title',
              'description',
            ])
          : [breaking(`The connection ${one.name} now uses ${other.kind}`)],
    }),
    ...byName(before.archetypes, after.archetypes, {
      what: 'the archetype',
      compare: (one, other) =>
        compareArchetypes(withWords(one, before), withWords(other, after)),
    }),
    ...comparePolicies(before.policies, after.policies),
    ...compareDelivery(before.delivery, after.delivery),
    ...compareQuotas(before.quotas, after.quotas),
    ...comparePackages(before.packages, after.packages),
    ...texts('The pack', before, after, ['journey', 'presentation']),
  ];
}

type Spec = DomainPack['spec'];
type Word = Spec['vocabulary'][number];

/** Compares the parts of a word that matter to readers of its values. */
function compareMeaning(before: Word, after: Word): Difference[] {
  const meaning = ({ schema: { format, type }, unit }: Word) =>
    Object.entries({ type, format, unit });
  const now = Object.fromEntries(meaning(after));
  return meaning(before)
    .filter(([field, was]) => !isDeepStrictEqual(was, now[field]))
    .map(([field, was]) =>
      breaking(
        `The vocabulary type ${before.name} has another ${field}: ${
          was ?? 'none'
        } → ${now[field] ?? 'none'}`,
      ),
    );
}

/** A new condition may reject existing apps; a removed one rejects none. */
function comparePolicies(
  before: Spec['policies'] = [],
  after: Spec['policies'] = [],
): Difference[] {
  const rules = (policies: typeof before) => policies.map(({ rule }) => rule);
  const messages = (policies: typeof before) =>
    policies.map(({ message }) => message);
  return [
    ...after
      .filter(({ rule }) => !rules(before).includes(rule))
      .map(({ message }) => breaking(`New policy: ${message}`)),
    ...before
      .filter(({ rule }) => !rules(after).includes(rule))
      .map(({ message }) => behaviour(`Removed policy: ${message}`)),
    ...(isDeepStrictEqual(rules(before), rules(after)) &&
    !isDeepStrictEqual(messages(before), messages(after))
      ? [cosmetic('The message of a policy changed')]
      : []),
  ];
}

function compareDelivery(
  before: Spec['delivery'],
  after: Spec['delivery'],
): Difference[] {
  const ways = ['rest', 'csv'] as const;
  const [soaked, soak] = [before?.soakMinutes ?? 0, after?.soakMinutes ?? 0];
  const soaking =
    soaked === soak
      ? []
      : [
          behaviour(
            `Soak time before promotion to a protected environment: ${soak} minutes`,
          ),
        ];
  const changed = ways.flatMap(way => {
    const [was, is] = [before?.[way] ?? true, after?.[way] ?? true];
    if (was === is) return [];
    return is
      ? behaviour(`Results may be delivered as ${way}`)
      : breaking(`Results may no longer be delivered as ${way}`);
  });
  return [...changed, ...soaking];
}

function compareQuotas(
  before: Spec['quotas'] = {},
  after: Spec['quotas'] = {},
): Difference[] {
  const quotas = {
    appsPerTenant: 'apps of the pack in a tenant',
    callsPerMinute: 'calls per minute of an app',
  };
  return (['appsPerTenant', 'callsPerMinute'] as const).flatMap(quota => {
    const [was, is] = [before[quota] ?? Infinity, after[quota] ?? Infinity];
    if (was === is) return [];
    const words = `Quota: ${is === Infinity ? 'unlimited' : is} ${
      quotas[quota]
    }`;
    return is < was ? breaking(words) : behaviour(words);
  });
}

function comparePackages(
  before: Spec['packages'] = { allow: [] },
  after: Spec['packages'] = { allow: [] },
): Difference[] {
  const without = (all: string[], others: string[]) =>
    all.filter(name => !others.includes(name));
  return [
    ...without(before.allow, after.allow).map(name =>
      breaking(`Packages: ${name} is no longer allowed`),
    ),
    ...without(after.allow, before.allow).map(name =>
      behaviour(`Packages: ${name} is allowed`),
    ),
  ];
}

function texts(of: string, before: Json, after: Json, fields: string[]) {
  return fields
    .filter(field => !isDeepStrictEqual(before[field], after[field]))
    .map(field => cosmetic(`${of}: ${field} changed`));
}

/**
 * Returns the parameters of an archetype with the constraints of their words and datasets, so that a change of a word
 * or dataset is a change of the parameter.
 */
function withWords(archetype: Archetype, spec: Spec): Archetype {
  const { parameters, settings } = archetype;
  const { datasets } = spec;
  return {
    ...archetype,
    parameters: hinted(
      parameters,
      resolveParameters(parameters, spec),
      datasets,
    ),
    ...(settings && {
      settings: hinted(settings, resolveParameters(settings, spec), datasets),
    }),
  };
}

/** A resolved schema with the hints for forms that its raw one has, and the choices that they offer, at every place. */
function hinted(raw: Json, resolved: Json, datasets: Spec['datasets']): Json {
  const { items, properties, 'ui:order': _order, ...rest } = resolved;
  const hints = raw['x-bailiwick'];
  const choices = hints?.options && answerChoices(datasets, hints.options);
  return {
    ...rest,
    ...(hints && { hints }),
    ...(choices && {
      choices: { values: choices.values, narrowed: choices.narrowed },
    }),
    ...(items && { items: hinted(raw.items ?? {}, items, datasets) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties as Json).map(([name, one]) => [
          name,
          hinted(raw.properties?.[name] ?? {}, one, datasets),
        ]),
      ),
    }),
  };
}

function compareArchetypes(before: Archetype, after: Archetype): Difference[] {
  const of = `${before.name}: `;
  const other =
    before.shape === after.shape
      ? []
      : [breaking(`${of}The shape of its apps is now ${after.shape}`)];
  const runtime =
    before.runtime === after.runtime
      ? []
      : [behaviour(`${of}The runtime of its apps is now ${after.runtime}`)];
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
    ...compareSettings(of, before.settings ?? {}, after.settings ?? {}),
    ...compareWork(of, before, after),
    ...byName(functionsOf(before), functionsOf(after), {
      what: 'the function',
      of,
      compare: (one, two) => compareResults(of, one, two),
    }),
    ...byName(tended(before, 'checks'), tended(after, 'checks'), {
      what: 'the check',
      of,
      compare: () => [],
    }),
    ...byName(tended(before, 'verbs'), tended(after, 'verbs'), {
      what: 'the verb',
      of,
      compare: () => [],
    }),
    ...compareFiles(of, before, after),
  ];
}

/** Checks or verbs that an archetype promises. */
function tended(
  { contract }: Archetype,
  what: 'checks' | 'verbs',
): { name: string }[] {
  return ((contract[what] ?? []) as string[]).map(name => ({ name }));
}

/** Compares schedules, steps and consumed messages. */
function compareWork(
  of: string,
  before: Archetype,
  after: Archetype,
): Difference[] {
  const differ = (field: 'run' | 'consume') =>
    !isDeepStrictEqual(before[field], after[field]);
  return [
    ...(differ('run')
      ? [behaviour(`${of}The steps or the schedule of its apps changed`)]
      : []),
    ...(differ('consume')
      ? [behaviour(`${of}Its apps consume other messages`)]
      : []),
    ...byName(
      (before.connections ?? []).map(name => ({ name })),
      (after.connections ?? []).map(name => ({ name })),
      { what: 'the connection', of, compare: () => [] },
    ),
  ];
}

function functionsOf({ contract }: Archetype): Contract['functions'] {
  return (contract as Partial<Contract>).functions ?? [];
}

function compareParameters(
  of: string,
  before: Json,
  after: Json,
  what: 'parameter' | 'setting' = 'parameter',
): Difference[] {
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
    .map(({ name }) => breaking(`${of}The ${what} ${name} is now required`));
  return [
    ...demanded,
    ...byName(list(before), list(after), {
      what: `the ${what}`,
      of,
      compare: (one, other) => [
        ...(one.schema.type === other.schema.type
          ? []
          : [breaking(`${of}The ${what} ${one.name} has another type`)]),
        ...(isDeepStrictEqual(told(one.schema), told(other.schema))
          ? []
          : [behaviour(`${of}The ${what} ${one.name} accepts other answers`)]),
        ...texts(
          `${of}The ${what} ${one.name}`,
          one.schema,
          other.schema,
          shown,
        ),
      ],
    }),
  ];
}

/** Compares the settings of environments one by one, and those of the app as a whole. */
function compareSettings(of: string, before: Json, after: Json): Difference[] {
  const whole = ({ properties: _each, required = [], ...rest }: Json) => ({
    ...rest,
    type: 'object',
    required: [...required].sort(),
  });
  return [
    ...compareParameters(of, before, after, 'setting'),
    ...(isDeepStrictEqual(whole(before), whole(after))
      ? []
      : [behaviour(`${of}The settings of environments changed`)]),
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
      : behaviour(`${of}${path} of new apps changed`),
  );
}
