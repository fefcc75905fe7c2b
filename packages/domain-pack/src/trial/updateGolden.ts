import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compileSource } from '../compile';
import { lintSource, validPack } from '../lint';
import { goldenFolder, keptFiles, renderedPatches } from './goldenFiles';

/**
 * Updates the golden files of a pack with the changes made by rendering, and deletes those without a template.
 *
 * @returns paths of the written and deleted files in the pack
 * @throws PackError if the pack has problems
 * @public
 */
export function updateGolden(folder: string): string[] {
  const pack = validPack(lintSource(folder));
  const compiled = compileSource(pack);
  return pack.archetypes.flatMap(archetype => {
    const kept = keptFiles(pack.files, archetype);
    const rendered = renderedPatches(compiled, archetype);
    const changed = [...new Set([...kept.keys(), ...rendered.keys()])].filter(
      path => kept.get(path) !== rendered.get(path),
    );
    return changed.map(path => {
      const place = `${goldenFolder(archetype)}${path}`;
      writeOrDelete(join(folder, place), rendered.get(path));
      return place;
    });
  });
}

function writeOrDelete(file: string, content?: string): void {
  if (content === undefined) {
    rmSync(file);
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
