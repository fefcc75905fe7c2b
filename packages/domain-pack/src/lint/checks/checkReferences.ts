import type { Problem } from '../../problem/Problem';
import type { SourceOfArchetype, SourceOfPack } from '../../source/readSource';
import { knownNamesOf, oneOf, problemAt, repeated } from './KnownNames';

/** A name in Python. */
const identifier = /^[a-z][a-z0-9_]*$/;
/** What archetypes name and the pack does not have, and contracts that contradict themselves. */
export function checkReferences(pack: SourceOfPack): Problem[] {
  const known = knownNamesOf(pack);
  const names = (list: { name: string }[]) => list.map(({ name }) => name);
  return pack.archetypes.flatMap(archetype => {
    const { document, source } = archetype;
    if (!source) return [];
    const unknown = (
      place: (string | number)[],
      what: string,
      list: string[],
    ) => problemAt(document, place, what, oneOf(list));
    const runtimes = names(known.runtimes);
    const datasets = names(known.datasets);
    return [
      ...(runtimes.includes(source.runtime)
        ? []
        : [
            unknown(
              ['runtime'],
              `The pack has no runtime "${source.runtime}"`,
              runtimes,
            ),
          ]),
      ...source.datasets.flatMap((name, position) =>
        datasets.includes(name)
          ? []
          : unknown(
              ['datasets', position],
              `The pack has no data set "${name}"`,
              datasets,
            ),
      ),
      ...contractProblems(archetype, names(known.vocabulary)),
      ...testProblems(archetype),
    ];
  });
}

function contractProblems(
  { document, source }: SourceOfArchetype,
  vocabulary: string[],
): Problem[] {
  const { functions } = source!.contract;
  const at = ['contract', 'functions'];
  const twice = repeated(functions.map(({ name }) => name)).map(position =>
    problemAt(
      document,
      [...at, position, 'name'],
      `The contract has two functions "${functions[position].name}"`,
      'Rename one of them',
    ),
  );
  const own = functions.flatMap(({ name, result }, position) => {
    const place = [...at, position];
    const misnamed = identifier.test(name)
      ? []
      : [
          problemAt(
            document,
            [...place, 'name'],
            `"${name}" is no name of a Python function`,
            'Use lower case letters, digits and "_"',
          ),
        ];
    const inResult = [...place, 'result'];
    const { columns = [], key = [] } = result;
    if (result.kind === 'value')
      return columns.length + key.length === 0
        ? misnamed
        : [
            ...misnamed,
            problemAt(
              document,
              inResult,
              `${name} gives a value, and a value has no columns`,
              'Write kind: table or stream, or leave columns and key out',
            ),
          ];
    const columnNames = columns.map(one => one.name);
    const missing =
      columns.length > 0
        ? []
        : [
            problemAt(
              document,
              inResult,
              `${name} gives a ${result.kind} without columns`,
              'List the columns that its readers can rely on',
            ),
          ];
    return [
      ...misnamed,
      ...missing,
      ...repeated(columnNames).map(one =>
        problemAt(
          document,
          [...inResult, 'columns', one],
          `${name} has two columns "${columnNames[one]}"`,
          'Rename one of them',
        ),
      ),
      ...columns.flatMap(({ type }, one) =>
        vocabulary.includes(type)
          ? []
          : problemAt(
              document,
              [...inResult, 'columns', one],
              `The vocabulary has no type "${type}"`,
              oneOf(vocabulary),
            ),
      ),
      ...key.flatMap((one, index) => {
        const column = columns.find(
          ({ name: columnName }) => columnName === one,
        );
        const place2 = [...inResult, 'key', index];
        if (!column)
          return [
            problemAt(
              document,
              place2,
              `The key "${one}" of ${name} is no column`,
              oneOf(columnNames),
            ),
          ];
        return column.nullable
          ? [
              problemAt(
                document,
                place2,
                `The key "${one}" of ${name} may be empty`,
                'Take nullable off, or choose another key',
              ),
            ]
          : [];
      }),
    ];
  });
  return [...twice, ...own, ...exampleProblems({ document, source })];
}

function exampleProblems({
  document,
  source,
}: Pick<SourceOfArchetype, 'document' | 'source'>): Problem[] {
  const { contract, example = [] } = source!;
  const tables = contract.functions
    .filter(({ result }) => result.kind !== 'value')
    .map(({ result }) => (result.columns ?? []).map(({ name }) => name));
  return example.flatMap((row, position) => {
    const fields = Object.keys(row);
    const fits = tables.some(columns =>
      fields.every(field => columns.includes(field)),
    );
    return fits
      ? []
      : problemAt(
          document,
          ['example', position],
          `The example has fields that no function gives: ${fields.join(', ')}`,
          `Give it columns of one function: ${tables
            .map(columns => columns.join(', '))
            .join('; or ')}`,
        );
  });
}

function testProblems({ document, source }: SourceOfArchetype): Problem[] {
  const { functions } = source!.contract;
  const names = functions.map(({ name }) => name);
  return source!.tests.flatMap(({ call, expect }, position) => {
    const place = ['tests', position];
    const called = functions.find(({ name }) => name === call.function);
    if (!called)
      return [
        problemAt(
          document,
          [...place, 'call', 'function'],
          `The contract has no function "${call.function}"`,
          oneOf(names),
        ),
      ];
    if (Object.keys(expect).length === 0)
      return [
        problemAt(
          document,
          [...place, 'expect'],
          'The test expects nothing, so it cannot fail',
          'Say what comes back: rows, columns, first, value or error',
        ),
      ];
    const columns = (called.result.columns ?? []).map(({ name }) => name);
    const strange = [
      ...(expect.columns ?? []),
      ...Object.keys(expect.first ?? {}),
    ].filter(name => !columns.includes(name));
    return strange.length === 0
      ? []
      : [
          problemAt(
            document,
            [...place, 'expect'],
            `${call.function} has no column ${strange.join(', ')}`,
            oneOf(columns),
          ),
        ];
  });
}
