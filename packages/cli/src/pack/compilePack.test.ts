import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { CommandError } from '../CommandError';
import { repositoryRoot } from '../stack/layout';
import { compilePack } from './compilePack';

const archetype = {
  name: 'feed',
  title: 'Feed',
  description: 'Rows.',
  shape: 'function',
  runtime: 'python',
  minutes: 5,
  parameters: { type: 'object' },
  contract: {},
  template: 'archetypes/feed',
  datasets: ['stocks'],
  tests: [{ call: {} }],
};
const pack = {
  apiVersion: 'bailiwick.dev/v1alpha1',
  kind: 'DomainPack',
  metadata: { name: 'tiny' },
  spec: {
    version: '1.0.0',
    title: 'Tiny',
    description: 'A small pack.',
    owners: ['group:default/platform'],
    vocabulary: [],
    runtimes: [],
    datasets: [
      { name: 'stocks', file: 'data/stocks.csv', key: [], licence: 'CC0-1.0' },
    ],
    archetypes: [archetype],
  },
};
const csv = `symbol,price\n${['A', 'B', 'A', 'B', 'B']
  .map((symbol, price) => `${symbol},${price}`)
  .join('\n')}\n`;

describe('compilePack', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pack-'));
    write('pack.yaml', stringify(pack));
    write('data/stocks.csv', csv);
    write('archetypes/feed/functions.py.njk', '${{ values.name }}');
    write('archetypes/feed/lib/a.py', 'x = 1');
    write('archetypes/feed/__pycache__/a.pyc', 'junk');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(path: string, content: string) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  const withSpec = (spec: object) =>
    write('pack.yaml', stringify({ ...pack, spec: { ...pack.spec, ...spec } }));

  it('puts in the template, what is rendered in it, and the data', () => {
    const [{ files }] = compilePack(folder).spec.archetypes;
    expect(files).toEqual([
      {
        path: 'functions.py',
        content: '${{ values.name }}',
        render: true,
      },
      { path: 'lib/a.py', content: 'x = 1', render: false },
      { path: 'data/stocks.csv', content: csv, render: false },
    ]);
  });

  it('keeps out what only the author needs', () => {
    const [compiled] = compilePack(folder).spec.archetypes;
    expect(compiled).not.toHaveProperty('tests');
    expect(compiled).not.toHaveProperty('template');
  });

  it('offers the values of columns that repeat, not those of every row', () => {
    const [{ options }] = compilePack(folder).spec.datasets;
    expect(options).toEqual({ symbol: ['A', 'B'] });
  });

  it.each([
    [
      'a data file that is not there',
      { datasets: [{ ...pack.spec.datasets[0], file: 'data/gone.csv' }] },
      /names data\/gone\.csv, which is not there/,
    ],
    [
      'a template that is not there',
      { archetypes: [{ ...archetype, template: 'archetypes/gone' }] },
      /names archetypes\/gone, which is not there/,
    ],
    [
      'a data set that it does not have',
      { archetypes: [{ ...archetype, datasets: ['bonds'] }] },
      /data set "bonds" that the pack does not have/,
    ],
    ['an owner that is no group', { owners: ['rita'] }, /spec\.owners\[0\]/],
    ['a version that is none', { version: 'one' }, /spec\.version: must be/],
  ])('refuses a pack with %s', (_what, spec, words) => {
    withSpec(spec);
    expect(() => compilePack(folder)).toThrow(words);
    expect(() => compilePack(folder)).toThrow(CommandError);
  });

  it('says when there is no pack', () => {
    expect(() => compilePack(join(folder, 'none'))).toThrow(/pack\.yaml/);
  });

  it('compiles the packs of the repository', () => {
    const finance = compilePack(join(repositoryRoot, 'templates/finance'));
    const [feed] = finance.spec.archetypes;
    expect(feed.files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['functions.py', 'data/stocks.csv']),
    );
    expect(finance.spec.datasets[0].options?.symbol).toContain('AAPL');
  });
});
