import type { Problem } from '../../problem/Problem';
import type { PackSource } from '../../source/readSource';
import type { Place } from '../../source/readYaml';
import type { ArchetypeManifest } from '../../source/schemas';
import { knownNamesOf, namesOf, oneOf, repeated } from './KnownNames';
import { checkExample } from './checkExample';
import { problemsIn, validArchetypes, type Refuse } from './problemsIn';

/** A name in Python. */
const identifier = /^[a-z][a-z0-9_]*$/;
/** Reports references to names that the pack does not define, and contracts that contradict themselves. */
export function checkReferences(pack: PackSource): Problem[] {
  const known = knownNamesOf(pack);
  const runtimes = namesOf(known.runtimes);
  const datasets = namesOf(known.datasets);
  return validArchetypes(pack).flatMap(({ document, source }) =>
    problemsIn(document, refuse => {
      if (!runtimes.includes(source.runtime))
        refuse(
          ['runtime'],
          `The pack has no runtime "${source.runtime}"`,
          oneOf(runtimes, source.runtime),
        );
      for (const [position, name] of source.datasets.entries())
        if (!datasets.includes(name))
          refuse(
            ['datasets', position],
            `The pack has no data set "${name}"`,
            oneOf(datasets, name),
          );
      checkContract(source, namesOf(known.vocabulary), refuse);
      checkExample(source, pack, refuse);
      checkTests(source, refuse);
    }),
  );
}

function checkContract(
  { contract: { functions } }: ArchetypeManifest,
  vocabulary: string[],
  refuse: Refuse,
): void {
  const at = ['contract', 'functions'];
  for (const position of repeated(namesOf(functions)))
    refuse(
      [...at, position, 'name'],
      `The contract has two functions "${functions[position].name}"`,
      'Rename one of them',
    );
  for (const [position, one] of functions.entries()) {
    if (!identifier.test(one.name))
      refuse(
        [...at, position, 'name'],
        `"${one.name}" is not a valid name for a Python function`,
        'Use lowercase letters, digits and "_"',
      );
    checkResult(one, vocabulary, (place, what, remedy) =>
      refuse([...at, position, 'result', ...place], what, remedy),
    );
  }
}

function checkResult(
  {
    name,
    result: { columns = [], key = [], kind },
  }: ArchetypeManifest['contract']['functions'][number],
  vocabulary: string[],
  refuse: Refuse,
): void {
  if (kind === 'value') {
    if (columns.length + key.length > 0)
      refuse(
        [],
        `${name} returns a value, so it can't have columns`,
        'Write kind: table or stream, or remove columns and key',
      );
    return;
  }
  const columnNames = namesOf(columns);
  if (columns.length === 0)
    refuse(
      [],
      `${name} returns a ${kind} without columns`,
      'List the columns that readers can rely on',
    );
  for (const position of repeated(columnNames))
    refuse(
      ['columns', position],
      `${name} has two columns "${columnNames[position]}"`,
      'Rename one of them',
    );
  for (const [position, { type }] of columns.entries())
    if (!vocabulary.includes(type))
      refuse(
        ['columns', position, 'type'],
        `The vocabulary has no type "${type}"`,
        oneOf(vocabulary, type),
      );
  for (const [position, one] of key.entries()) {
    const column = columns.find(each => each.name === one);
    if (!column)
      refuse(
        ['key', position],
        `The key "${one}" of ${name} is not a column`,
        oneOf(columnNames, one),
      );
    else if (column.nullable)
      refuse(
        ['key', position],
        `The key "${one}" of ${name} is nullable`,
        'Remove nullable or choose another key',
      );
  }
}

function checkTests(
  { contract: { functions }, tests }: ArchetypeManifest,
  refuse: Refuse,
): void {
  for (const [position, { call, expect }] of tests.entries()) {
    const called = functions.find(({ name }) => name === call.function);
    const columns = namesOf(called?.result.columns ?? []);
    const named: [name: string, place: Place][] = [
      ...Object.keys(expect.first ?? {}).map((name): [string, Place] => [
        name,
        ['first', name],
      ]),
      ...(expect.columns ?? []).map((name, at): [string, Place] => [
        name,
        ['columns', at],
      ]),
    ];
    if (!called)
      refuse(
        ['tests', position, 'call', 'function'],
        `The contract has no function "${call.function}"`,
        oneOf(namesOf(functions), call.function),
      );
    else if (Object.keys(expect).length === 0)
      refuse(
        ['tests', position, 'expect'],
        "The test has no expectation, so it can't fail",
        'Add an expectation: rows, columns, first, value or error',
      );
    // A name in both lists is reported once, at its place among the columns.
    else
      for (const [name, place] of new Map(named))
        if (!columns.includes(name))
          refuse(
            ['tests', position, 'expect', ...place],
            `${call.function} has no column ${name}`,
            oneOf(columns, name),
          );
  }
}
