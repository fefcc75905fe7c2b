import { lintFiles } from '../lint';
import { goodPack } from '../__fixtures__/goodPack';
import type { PackCheck } from './PackCheck';
import type { Python } from './Python';
import { Upgrade } from './Upgrade';

const form = 'archetypes/loans/archetype.yaml';
const code = 'archetypes/loans/template/functions.py.njk';
const readme = 'archetypes/loans/template/README.md.njk';

const contract = (parameters: object) => ({
  functions: [{ name: 'loans', parameters, result: { kind: 'value' } }],
});

type Edit = [file: string, from: string | RegExp, to: string];

function edited(...edits: Edit[]) {
  const files: Record<string, string> = { ...goodPack };
  for (const [file, from, to] of edits) {
    const changed = files[file].replace(from, () => to);
    expect(changed).not.toBe(files[file]);
    files[file] = changed;
  }
  const { pack, problems } = lintFiles(new Map(Object.entries(files)));
  expect(problems).toEqual([]);
  return pack!;
}

/** Checks of the archetype `loans`; the real runtime is asked in tests of the command line. */
async function tried(after: Edit[], contracts: object[] = []) {
  const checks: Omit<PackCheck, 'archetype'>[] = [];
  const given = [...contracts];
  const run = async () => {
    const said = given.shift() ?? contract({});
    return { ok: true, stdout: JSON.stringify(said), words: '' };
  };
  await new Upgrade(edited(), edited(...after)).check(
    'loans',
    { run } as unknown as Python,
    (name, failures, notes = []) =>
      checks.push({
        name,
        failure: failures.join('\n') || undefined,
        note: notes.join('\n') || undefined,
      }),
  );
  return checks;
}

const takes = 'form accepts the answers of 1.0.0';
const goesOn = 'upgrade from 1.0.0 keeps the contract';
const version2: Edit = ['pack.yaml', 'version: 1.0.0', 'version: 2.0.0'];

describe('Upgrade', () => {
  it('is content when nothing changed', async () => {
    expect(await tried([])).toEqual([
      { name: takes },
      { name: goesOn, note: 'No changed files' },
    ]);
  });

  it('sets a new parameter to its default, and lists the changed files', async () => {
    const checks = await tried([
      [
        form,
        '    least:',
        '    most:\n      title: Most loans\n      type: integer\n      default: 9\n    least:',
      ],
      [form, '[genre, least]', '[genre, least, most]'],
      [
        code,
        '"""Loans of books."""',
        '"""At most ${{ values.most }} loans."""',
      ],
    ]);
    expect(checks).toEqual([
      { name: takes },
      { name: goesOn, note: 'Changed files: functions.py' },
    ]);
  });

  const demanding: Edit[] = [
    [form, 'required: [genre]', 'required: [genre, desk]'],
    [
      form,
      '    least:',
      '    desk:\n      title: Desk\n      type: string\n    least:',
    ],
    [form, '[genre, least]', '[genre, least, desk]'],
    [
      form,
      '  - call: { function: loans }',
      '  - answers: { genre: code, desk: north }\n    call: { function: loans }',
    ],
    [
      form,
      '{ genre: prose, least: 2 }',
      '{ genre: prose, least: 2, desk: north }',
    ],
  ];

  it('fails if the form requires a new answer, or drops an old one', async () => {
    const [demands] = await tried(demanding);
    expect(demands).toMatchObject({ name: takes });
    expect(demands.failure).toMatch(/desk/);
    const [drops] = await tried([
      [form, / {4}least:[^]*?(?=contract:)/, ''],
      [form, 'ui:order: [genre, least]', 'ui:order: [genre]'],
      [form, '{ genre: prose, least: 2 }', '{ genre: prose }'],
      [code, '${{ values.least }}', '0'],
    ]);
    expect(drops.failure).toBe('The form no longer has least');
  });

  it.each<[string, object[], RegExp]>([
    ['a function less', [contract({}), { functions: [] }], /was removed/],
    [
      'a parameter less',
      [contract({ properties: { least: {} } }), contract({})],
      /loans no longer accepts least/,
    ],
    [
      'a parameter that is demanded',
      [contract({}), contract({ required: ['desk'] })],
      /loans now requires desk/,
    ],
    [
      'a parameter of another type',
      [
        contract({ properties: { least: { type: 'integer' } } }),
        contract({ properties: { least: { type: 'string' } } }),
      ],
      /a different type for least/,
    ],
  ])('fails for readers who find %s', async (_, contracts, words) => {
    const [, check] = await tried([], contracts);
    expect(check.failure).toMatch(words);
  });

  it('reports the same without a failure if the version announces breaking changes', async () => {
    const contracts = [contract({}), { functions: [] }];
    const [, check] = await tried([version2], contracts);
    expect(check).toMatchObject({
      name: 'upgrade from 1.0.0 breaks consumers, as allowed by version 2.0.0',
      failure: undefined,
      note: expect.stringMatching(/^Function loans was removed\n/),
    });
    const [form2] = await tried([version2, ...demanding]);
    expect(form2).toMatchObject({
      name: 'form rejects answers of 1.0.0, as allowed by version 2.0.0',
      failure: undefined,
      note: expect.stringMatching(/desk/),
    });
  });

  it('does not use another pack as an older version', () => {
    const other = edited(['pack.yaml', 'name: library', 'name: archive']);
    expect(() => new Upgrade(other, edited())).toThrow(
      /belongs to the pack archive, not library/,
    );
  });

  it('reports nothing about a new archetype', async () => {
    const run = jest.fn();
    const tell = jest.fn();
    await new Upgrade(edited([readme, '# ', '## ']), edited()).check(
      'fines',
      { run } as unknown as Python,
      tell,
    );
    expect(tell).not.toHaveBeenCalled();
  });
});
