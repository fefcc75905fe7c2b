import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goodPack } from '../__fixtures__/goodPack';
import { writePack } from '../__fixtures__/writePack';
import { compilePack } from '../lint/compilePack';
import { lintPack } from '../lint';
import { updateGolden } from './updateGolden';

describe('updateGolden', () => {
  const golden = 'archetypes/loans/golden';
  let folder: string;
  beforeEach(() => {
    folder = writePack({
      ...goodPack,
      [`${golden}/left.py`]: 'print("Nobody renders me")\n',
    });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('writes the result of the templates with the defaults, and nothing twice', () => {
    expect(updateGolden(folder).sort()).toEqual([
      `${golden}/README.md.patch`,
      `${golden}/functions.py.patch`,
      `${golden}/left.py`,
    ]);
    const text = readFileSync(
      join(folder, golden, 'functions.py.patch'),
      'utf8',
    );
    expect(text).toMatch(/^@@\n-.*\n(\+|-)/);
    expect(text).toMatch(/\n\+.*row\["genre"\] == "code" and .* >= 0\n/);
    expect(updateGolden(folder)).toEqual([]);
  });

  it('writes the same when fixed text of a template changes', () => {
    updateGolden(folder);
    const template = join(folder, 'archetypes/loans/template/functions.py.njk');
    writeFileSync(template, `# More text\n${readFileSync(template, 'utf8')}`);
    expect(updateGolden(folder)).toEqual([]);
  });

  it('keeps golden files out of the compiled pack, and lint content', () => {
    const before = compilePack(folder);
    updateGolden(folder);
    expect(lintPack(folder)).toEqual([]);
    expect(compilePack(folder)).toEqual(before);
  });

  it('writes nothing of a pack with problems', () => {
    writeFileSync(join(folder, 'pack.yaml'), 'kind: DomainPack\n');
    expect(() => updateGolden(folder)).toThrow(/pack\.yaml/);
  });
});
