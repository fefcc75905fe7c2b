import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { exampleContext, renderArchetype } from '../render';
import type { SourceOfArchetype } from '../source/readSource';
import type { PackFiles } from '../folder/readPackFolder';
import { firstAnswers } from './trialAnswers';

/** The folder of an archetype that holds its golden files, such as `archetypes/loans/golden/`. */
export function goldenFolder({
  folder,
}: Pick<SourceOfArchetype, 'folder'>): string {
  return `${folder}/golden/`;
}

/** The golden files of an archetype by their paths in an app, as they are kept in the pack. */
export function keptFiles(
  files: PackFiles,
  archetype: SourceOfArchetype,
): PackFiles {
  const begin = goldenFolder(archetype);
  return new Map(
    [...files]
      .filter(([path]) => path.startsWith(begin))
      .map(([path, content]) => [path.slice(begin.length), content]),
  );
}

/** What the templates of an archetype become with what its form proposes, by their paths in an app. */
export function renderedFiles(
  pack: DomainPack,
  { name, source }: SourceOfArchetype,
): PackFiles {
  const archetype = pack.spec.archetypes.find(one => one.name === name)!;
  const templates = archetype.files.filter(({ render }) => render);
  const context = exampleContext(pack, firstAnswers(source!));
  return new Map(
    renderArchetype(archetype, context)
      .filter(({ path }) => templates.some(one => one.path === path))
      .map(({ content, path }) => [path, content]),
  );
}
