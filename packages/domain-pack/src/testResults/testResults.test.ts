import { annotations } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goodPack } from '../__fixtures__/goodPack';
import { writePack } from '../__fixtures__/writePack';
import { compilePack } from '../lint/compilePack';
import { readPackFolder } from '../folder/readPackFolder';
import { buildLayout, readLayout } from '../oci';
import { lintPack } from '../lint';
import {
  hasOldTestResults,
  createTestResults,
  packDigest,
  testResultsOf,
  writeTestResults,
} from '.';

const checks = [
  { archetype: 'loans', name: 'one' },
  { archetype: 'loans', name: 'two', failure: 'No.' },
  { archetype: 'loans', name: 'three' },
];

describe('the results of a pack', () => {
  let folder: string;
  beforeEach(() => {
    folder = writePack(goodPack);
    const { files } = readPackFolder(folder);
    writeTestResults(
      folder,
      createTestResults(files, checks, { runtime: '0.1.0' }),
    );
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const filesNow = () => readPackFolder(folder).files;
  const change = (path: string, text: string) =>
    writeFileSync(join(folder, path), text);
  const annotated = (pack = compilePack(folder)) =>
    pack.metadata.annotations?.[annotations.tested];

  it('counts checks by archetype, and is part of the compiled pack', () => {
    expect(testResultsOf(filesNow())?.archetypes).toEqual({
      loans: { passed: 2, failed: 1 },
    });
    expect(JSON.parse(annotated()!)).toEqual(testResultsOf(filesNow()));
    expect(lintPack(folder)).toEqual([]);
  });

  it('keeps the sample rows of an archetype', () => {
    const sample = { function: 'loans', rows: [{ isbn: '1', loans: 3 }] };
    const { files } = readPackFolder(folder);
    const tried = { runtime: '0.1.0' };
    writeTestResults(
      folder,
      createTestResults(files, checks, tried, { loans: sample }),
    );
    expect(testResultsOf(filesNow())?.archetypes.loans).toEqual({
      passed: 2,
      failed: 1,
      sample,
    });
  });

  it('carries the icon in the compiled pack', () => {
    const icon =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>';
    change('icon.svg', icon);
    change(
      'pack.yaml',
      goodPack['pack.yaml'].replace(
        '  title: Library',
        '  presentation: { icon: icon.svg, colour: teal }\n  title: Library',
      ),
    );
    expect(compilePack(folder).spec.presentation).toEqual({
      icon,
      colour: 'teal',
    });
  });

  it('is none any more when a file changed', () => {
    expect(hasOldTestResults(folder)).toBe(false);
    change('data/README.md', 'Where the books come from\n');
    expect(hasOldTestResults(folder)).toBe(true);
    expect(annotated()).toBeUndefined();
  });

  it.each(['no JSON', '{}', '{"digest":"sha256:0"}'])(
    'is none when the file holds %j',
    text => {
      change('tested.json', text);
      expect(annotated()).toBeUndefined();
      expect(hasOldTestResults(folder)).toBe(true);
    },
  );

  it('is of everything but golden files, in whatever order they are read', () => {
    const files = [...filesNow()];
    const golden: [string, string] = ['archetypes/loans/golden/x.py', ''];
    expect(packDigest(new Map([golden, ...files.toReversed()]))).toBe(
      packDigest(new Map(files)),
    );
    expect(packDigest(new Map([...files, ['data/x', '']]))).not.toBe(
      packDigest(new Map(files)),
    );
  });

  it('travels in a layout, unless it is older than the files', async () => {
    const output = (name: string) => join(tmpdir(), `${name}-${process.pid}`);
    const built = async (name: string) => {
      await buildLayout(folder, output(name));
      const { pack } = await readLayout(output(name));
      rmSync(output(name), { recursive: true });
      return pack;
    };
    expect(annotated(await built('fresh'))).toBe(annotated());
    change('data/README.md', 'Where the books come from\n');
    expect(annotated(await built('old'))).toBeUndefined();
  });
});
