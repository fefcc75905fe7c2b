import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPack as run } from '../__testUtils__/runPack';
import { repositoryRoot } from '../installation/layout';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
// Beside the end-to-end tests, programs get a tenth of a processor.
jest.setTimeout(900_000);

integration('bailiwick pack', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pack-'));
    cpSync(join(repositoryRoot, 'templates/finance'), folder, {
      recursive: true,
    });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function change(path: string, from: string | RegExp, to: string) {
    const file = join(folder, path);
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(from, () => to),
    );
  }

  /** Removes the other archetypes: each takes ten seconds to test. */
  function keepArchetype(kept: string) {
    const archetypes = join(folder, 'archetypes');
    for (const name of readdirSync(archetypes))
      if (name !== kept) rmSync(join(archetypes, name), { recursive: true });
    change('pack.yaml', /archetypes:\s*\[[^\]]*\]/, `archetypes: [${kept}]`);
  }

  it('tries a pack without a cluster', () => {
    keepArchetype('price-feed');
    const { status, stdout } = run('test', folder);
    expect(stdout).toMatch(/✔ price-feed: types check/);
    expect(stdout).toMatch(/\n\d+ passed, 0 failed\n$/);
    expect(status).toBe(0);
  });

  it('installs nowhere else when the Bailiwick that was named does not run', () => {
    const nowhere = join(folder, 'nowhere');
    const { status, stderr } = run('apply', folder, '--data-dir', nowhere);
    expect(status).toBe(1);
    expect(stderr).toContain(
      `No Bailiwick is running with data folder ${nowhere}; nothing was changed.`,
    );
  });

  it('creates a valid pack, and keeps existing files', () => {
    const begun = join(folder, 'plant-care');
    expect(run('init', begun)).toMatchObject({ status: 0 });
    expect(readFileSync(join(begun, 'pack.yaml'), 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=.*pack\.schema\.json\n[^]*name: plant-care[^]*title: Plant care/,
    );
    expect(run('lint', begun).stdout).toBe('No problems found.\n');
    const { stdout } = run('test', begun);
    expect(stdout).toMatch(/✔ overview: all fruit, most of it first/);
    expect(stdout).toMatch(/, 0 failed\n$/);
    const again = run('init', begun);
    expect(again.status).toBe(1);
    expect(again.stderr).toMatch(/plant-care is not empty/);
    expect(run('init', join(folder, 'Plant Care')).stderr).toMatch(
      /"Plant Care" is not a valid pack name/,
    );
  });

  it('reports differences between code and contract', () => {
    keepArchetype('price-feed');
    const functions = 'archetypes/price-feed/template/functions.py.njk';
    change(functions, 'price: Annotated[Money,', 'price: Annotated[Return,');
    change(functions, 'start: Month | None = {%', 'start: None | Month = {%');
    change(functions, 'price / price of the previous month - 1', 'nothing');
    change('archetypes/price-feed/archetype.yaml', 'rows: 24', 'rows: 25');
    const { status, stdout } = run('test', folder);
    expect(stdout).toMatch(
      /prices\.price has the type Return; the contract promises Money/,
    );
    expect(stdout).toMatch(/The row count is 24; expected 25/);
    expect(stdout).toMatch(
      /✘ price-feed: rendered code matches[^]*-\+ +start: Month \| None[^]*\+\+ +start: None \| Month/,
    );
    expect(stdout).toMatch(/, 3 failed\n$/);
    expect(status).toBe(1);
  });

  it('reports all problems, as text or JSON', () => {
    change('pack.yaml', /version: \d.*/, 'version: one');
    const words = run('lint', folder);
    expect(words.stdout).toMatch(
      /^pack\.yaml:\d+: spec\.version must be a version such as 1\.2\.0\. Expected: Semantic version/,
    );
    expect(words.status).toBe(1);
    const { problems } = JSON.parse(run('lint', folder, '--json').stdout);
    expect(problems).toMatchObject([{ file: 'pack.yaml' }]);
  });

  it('compares two versions, and reports the required version number', () => {
    const finance = join(repositoryRoot, 'templates/finance');
    expect(run('diff', finance, folder).stdout).toBe('Nothing changed.\n');
    change('pack.yaml', 'title: Finance', 'title: Money');
    const { status, stdout } = run('diff', finance, folder);
    expect(stdout).toMatch(
      /^cosmetic {2}The pack: title changed\nVersion .* is too low for these changes\. Set spec\.version/,
    );
    expect(status).toBe(1);
    const needed = /to (\S+) or later/.exec(stdout)![1];
    change('pack.yaml', /version: \d.*/, `version: ${needed}`);
    expect(run('diff', finance, folder).status).toBe(0);
    expect(run('lint', folder, finance).stderr).toMatch(/Run: bailiwick pack/);
  });

  it('installs nothing that is wrong', () => {
    change('pack.yaml', /version: \d.*/, 'version: one');
    const { status, stderr } = run('apply', folder, '--kubeconfig', '/nowhere');
    expect(stderr).toMatch(/is invalid:\npack\.yaml:\d+: spec\.version/);
    expect(status).toBe(1);
  });
});
