import { rmSync } from 'node:fs';
import { goodPack } from '../__fixtures__/goodPack';
import { writePack } from '../__fixtures__/writePack';
import { compilePack } from '../lint/compilePack';
import { diffPacks } from './diffPacks';
import { isAtLeast, neededVersion } from './neededVersion';

const pack = 'pack.yaml';
const books = 'data/books.csv';
const archetype = 'archetypes/loans/archetype.yaml';
const code = 'archetypes/loans/template/functions.py.njk';
const readme = 'archetypes/loans/template/README.md.njk';

function compiled(files: Readonly<Record<string, string>>) {
  const folder = writePack(files);
  try {
    return compilePack(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('diffPacks', () => {
  const before = compiled(goodPack);
  const after = (...changes: [file: string, from: string, to: string][]) =>
    compiled(
      changes.reduce<Record<string, string>>(
        (files, [file, from, to]) => ({
          ...files,
          [file]: files[file].replace(from, () => to),
        }),
        { ...goodPack },
      ),
    );

  it('finds nothing in the same pack', () => {
    expect(diffPacks(before, compiled(goodPack))).toEqual([]);
  });

  const withPolicy =
    '  policies: [{ rule: size(app.title) > 2, message: No short titles }]\n  archetypes: [loans]';

  it('classifies stricter and milder policies', () => {
    const strict = after([pack, '  archetypes: [loans]', withPolicy]);
    expect(diffPacks(before, strict)).toEqual([
      { level: 'breaking', what: 'New policy: No short titles' },
    ]);
    expect(diffPacks(strict, before)).toEqual([
      {
        level: 'behaviour',
        what: 'Removed policy: No short titles',
      },
    ]);
    const reworded = after([
      pack,
      '  archetypes: [loans]',
      withPolicy.replace('No short titles', 'Longer titles'),
    ]);
    expect(diffPacks(strict, reworded)).toEqual([
      { level: 'cosmetic', what: 'The message of a policy changed' },
    ]);
  });

  it('classifies allowed packages', () => {
    const line = '  archetypes: [loans]';
    const allowing = (names: string) =>
      after([pack, line, `  packages: { allow: ${names} }\n${line}`]);
    const some = allowing('[polars]');
    expect(diffPacks(some, allowing('[pint]'))).toEqual([
      { level: 'breaking', what: 'Packages: polars is no longer allowed' },
      { level: 'behaviour', what: 'Packages: pint is allowed' },
    ]);
  });

  it('classifies lower and higher quotas', () => {
    const limited = (quotas: string) =>
      after([
        pack,
        '  archetypes: [loans]',
        `  quotas: ${quotas}\n  archetypes: [loans]`,
      ]);
    const some = limited('{ callsPerMinute: 600 }');
    expect(diffPacks(before, some)).toEqual([
      {
        level: 'breaking',
        what: 'Quota: 600 calls per minute of an app',
      },
    ]);
    expect(
      diffPacks(some, limited('{ callsPerMinute: 900, appsPerTenant: 3 }')),
    ).toEqual([
      {
        level: 'breaking',
        what: 'Quota: 3 apps of the pack in a tenant',
      },
      {
        level: 'behaviour',
        what: 'Quota: 900 calls per minute of an app',
      },
    ]);
  });

  it('reports enabled and disabled delivery formats', () => {
    const closed = after([
      pack,
      '  archetypes: [loans]',
      '  delivery: { csv: false }\n  archetypes: [loans]',
    ]);
    expect(diffPacks(before, closed)).toEqual([
      { level: 'breaking', what: 'Results may no longer be delivered as csv' },
    ]);
    expect(diffPacks(closed, before)).toEqual([
      { level: 'behaviour', what: 'Results may be delivered as csv' },
    ]);
  });

  it.each<[string, string, [string, string, string][]]>([
    [
      'breaking',
      'loans: loans: Column loans was removed',
      [
        [archetype, '          - { name: loans, type: Count }\n', ''],
        [
          archetype,
          "{ isbn: '9780131103627', loans: 3 }",
          "{ isbn: '9780131103627' }",
        ],
        [
          archetype,
          'columns: [isbn, loans], first: { loans: 3 }',
          'columns: [isbn]',
        ],
      ],
    ],
    [
      'breaking',
      'loans: loans.loans now has type Isbn',
      [
        [archetype, 'name: loans, type: Count', 'name: loans, type: Isbn'],
        [archetype, 'loans: 3 }\ntests', "loans: '9780131103627' }\ntests"],
      ],
    ],
    [
      'breaking',
      'loans: loans.loans can be empty now',
      [[archetype, 'loans, type: Count', 'loans, nullable: true, type: Count']],
    ],
    [
      'breaking',
      'loans: loans has a different key',
      [[archetype, '        key: [isbn]\n', '']],
    ],
    [
      'breaking',
      'loans: The parameter least is now required',
      [
        [archetype, 'required: [genre]', 'required: [genre, least]'],
        [archetype, '      default: 0\n', ''],
        [
          archetype,
          'call: { function: loans }',
          'answers: { genre: code, least: 1 }\n    call: { function: loans }',
        ],
      ],
    ],
    [
      'breaking',
      'The vocabulary type Genre has another unit: none → words',
      [[pack, '- name: Genre', '- name: Genre\n      unit: words']],
    ],
    [
      'breaking',
      'The data set books has another key or file',
      [[pack, 'key: [isbn]', 'key: [isbn, genre]']],
    ],
    [
      'behaviour',
      'The vocabulary type Count allows other values',
      [[pack, 'minimum: 0', 'minimum: 0, maximum: 9']],
    ],
    [
      'behaviour',
      'The runtime py has another image or limits',
      [[pack, 'seconds: 30', 'seconds: 60']],
    ],
    [
      'behaviour',
      'loans: The parameter genre accepts other answers',
      [[archetype, ', options: { dataset: books, column: genre }', '']],
    ],
    [
      'behaviour',
      'The vocabulary type Count has another OData type',
      [[pack, '- name: Count', '- name: Count\n      edm: Edm.Int32']],
    ],
    [
      'behaviour',
      'loans: The parameter least accepts other answers',
      [[archetype, 'default: 0', 'default: 1']],
    ],
    [
      'behaviour',
      'loans: functions.py of new apps changed',
      [[code, 'Loans of books', 'Lent books']],
    ],
    ['cosmetic', 'loans: Another README.md', [[readme, '#', '##']]],
    [
      'cosmetic',
      'The pack: presentation changed',
      [
        [
          pack,
          '  archetypes: [loans]',
          '  presentation: { colour: teal }\n  archetypes: [loans]',
        ],
      ],
    ],
    [
      'cosmetic',
      'The pack: title changed',
      [[pack, 'title: Library', 'title: Books']],
    ],
    [
      'cosmetic',
      'loans: The parameter genre: title changed',
      [[archetype, 'title: Genre', 'title: Sort']],
    ],
  ])('reports as %s: %s', (level, what, changes) => {
    expect(diffPacks(before, after(...changes))).toContainEqual({
      level,
      what,
    });
  });

  it('reports a changed vocabulary type of a parameter', () => {
    const [loans] = before.spec.archetypes;
    const { least, ...others } = loans.parameters.properties as Record<
      string,
      object
    >;
    const parameters = {
      ...loans.parameters,
      properties: {
        ...others,
        least: { ...least, 'x-bailiwick': { vocabulary: 'Genre' } },
      },
    };
    const spec = { ...before.spec, archetypes: [{ ...loans, parameters }] };
    expect(diffPacks(before, { ...before, spec })).toContainEqual({
      level: 'breaking',
      what: 'loans: The parameter least has another type',
    });
  });

  it('reports changed runs and connections', () => {
    const job = (schedule: string, kind: string) =>
      after(
        [
          archetype,
          'shape: function',
          `shape: job\nconnections: [ledger]\nrun: { schedule: '${schedule}', steps: [{ function: loans }] }\nsettings: { type: object, properties: { least: { type: integer, default: ${schedule[0]} } } }`,
        ],
        [
          pack,
          '  datasets:\n',
          `  connections: [{ name: ledger, title: Ledger, kind: ${kind} }]\n  datasets:\n`,
        ],
      );
    const hourly = job('0 * * * *', 'http');
    expect(diffPacks(before, hourly)).toEqual(
      expect.arrayContaining([
        { level: 'breaking', what: 'loans: The shape of its apps is now job' },
        { level: 'behaviour', what: 'The connection ledger was added' },
        {
          level: 'behaviour',
          what: 'loans: The connection ledger was added',
        },
      ]),
    );
    expect(diffPacks(hourly, job('5 6 * * *', 'postgres'))).toEqual([
      {
        level: 'breaking',
        what: 'The connection ledger now uses postgres',
      },
      {
        level: 'behaviour',
        what: 'loans: The setting least accepts other answers',
      },
      {
        level: 'behaviour',
        what: 'loans: The steps or the schedule of its apps changed',
      },
    ]);
    const [loans] = hourly.spec.archetypes;
    const settings = { ...loans.settings, required: ['least'] };
    const demanding = { ...loans, settings };
    expect(
      diffPacks(hourly, {
        ...hourly,
        spec: { ...hourly.spec, archetypes: [demanding] },
      }),
    ).toContainEqual({
      level: 'behaviour',
      what: 'loans: The settings of environments changed',
    });
    expect(diffPacks(hourly, before)).toContainEqual({
      level: 'breaking',
      what: 'loans: The setting least was removed',
    });
  });

  it('breaks because of removals, and not because of additions', () => {
    const more = after(
      [
        archetype,
        '    - name: total\n',
        '    - name: more\n      result: { kind: value }\n    - name: total\n',
      ],
      [code, 'def total', 'def more() -> int:\n    return 1\n\n\ndef total'],
    );
    const newCode = {
      level: 'behaviour',
      what: 'loans: functions.py of new apps changed',
    };
    expect(diffPacks(before, more)).toEqual([
      { level: 'behaviour', what: 'loans: The function more was added' },
      newCode,
    ]);
    expect(diffPacks(more, before)).toEqual([
      { level: 'breaking', what: 'loans: The function more was removed' },
      newCode,
    ]);
  });

  it('reports changed choices of a data set, by one answer or by all', () => {
    const takesOthers = (name: string) => ({
      level: 'behaviour',
      what: `loans: The parameter ${name} accepts other answers`,
    });
    const newRows = {
      level: 'behaviour',
      what: 'loans: data/books.csv of new apps changed',
    };
    const rows = goodPack[books];
    const poems = '9780140424386,poetry,4\n9780571243396,poetry,6\n';
    const more = compiled({ ...goodPack, [books]: rows + poems });
    expect(diffPacks(before, more)).toEqual([takesOthers('genre'), newRows]);
    expect(diffPacks(more, before)).toEqual([takesOthers('genre'), newRows]);

    const byGenre = `    isbn:
      title: Book
      type: string
      x-bailiwick: { options: { dataset: books, column: isbn, where: { genre: genre } } }
    least:
`;
    const narrowed = (csv: string) =>
      compiled({
        ...goodPack,
        [books]: csv,
        [archetype]: goodPack[archetype]
          .replace('[genre, least]', '[genre, isbn, least]')
          .replace('    least:\n', byGenre),
      });
    const moved = rows.replace('9780262033848,code', '9780262033848,prose');
    expect(diffPacks(narrowed(rows), narrowed(moved))).toEqual([
      takesOthers('isbn'),
      newRows,
    ]);
  });
});

describe('neededVersion', () => {
  const changes = (...levels: string[]) =>
    levels.map(level => ({ level, what: '' })) as never;

  it.each([
    ['1.2.3', ['cosmetic'], '1.2.4'],
    ['1.2.3', ['cosmetic', 'behaviour'], '1.3.0'],
    ['1.2.3', ['behaviour', 'breaking'], '2.0.0'],
    ['0.2.3', ['breaking'], '0.3.0'],
    ['0.2.3', ['behaviour'], '0.2.4'],
    ['1.2.3-rc.1', ['breaking'], '1.2.3'],
  ])('after %s with %j is %s', (before, levels, needed) => {
    expect(neededVersion(before, changes(...levels))).toBe(needed);
  });

  it('is none when nothing changed', () => {
    expect(neededVersion('1.2.3', [])).toBeUndefined();
  });

  it.each([
    ['1.10.0', '1.9.0', true],
    ['2.0.0', '1.3.0', true],
    ['1.3.0', '1.3.0', true],
    ['1.2.9', '1.3.0', false],
  ])('compares %s with %s', (version, needed, holds) => {
    expect(isAtLeast(version, needed)).toBe(holds);
  });
});
