import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { structuredPatch } from 'diff';
import { exampleContext, renderArchetype } from '../render';
import type { ArchetypeSource } from '../source/readSource';
import type { PackFiles } from '../folder/readPackFolder';
import { firstAnswers } from './trialAnswers';

/** Milliseconds after which two files are taken to have nothing in common. */
const longest = 2000;

/** The folder of an archetype that holds its golden files, such as `archetypes/loans/golden/`. */
export function goldenFolder({
  folder,
}: Pick<ArchetypeSource, 'folder'>): string {
  return `${folder}/golden/`;
}

/** The golden files of an archetype by their paths in its golden folder, as they are kept in the pack. */
export function keptFiles(
  files: PackFiles,
  archetype: ArchetypeSource,
): PackFiles {
  const begin = goldenFolder(archetype);
  return new Map(
    [...files]
      .filter(([path]) => path.startsWith(begin))
      .map(([path, content]) => [path.slice(begin.length), content]),
  );
}

/**
 * Returns the changes that rendering with the form's defaults makes to the templates of an archetype, as patches by
 * path in the golden folder. A patch contains the differing lines in unified format without line numbers, so that
 * changes of other lines do not affect it.
 */
export function renderedPatches(
  pack: DomainPack,
  { name, source }: ArchetypeSource,
): PackFiles {
  const archetype = pack.spec.archetypes.find(one => one.name === name)!;
  const context = exampleContext(pack, firstAnswers(source!));
  const rendered = new Map(
    renderArchetype(archetype, context).map(({ content, path }) => [
      path,
      content,
    ]),
  );
  return new Map(
    archetype.files
      .filter(({ render }) => render)
      .map(({ content, path }) => [
        `${path}.patch`,
        patchOf(content, rendered.get(path)!),
      ]),
  );
}

function patchOf(template: string, rendered: string): string {
  const patch = structuredPatch('', '', template, rendered, '', '', {
    context: 0,
    timeout: longest,
  });
  // Files without common parts take too long; in that case, all lines differ.
  const hunks = patch?.hunks ?? [
    { lines: [...signed('-', template), ...signed('+', rendered)] },
  ];
  return hunks.map(({ lines }) => `@@\n${lines.join('\n')}\n`).join('');
}

function signed(sign: string, text: string): string[] {
  return text.split('\n').map(line => sign + line);
}
