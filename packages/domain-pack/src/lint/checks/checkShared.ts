import type { Problem } from '../../problem/Problem';
import type { SourceOfPack } from '../../source/readSource';
import { oneOf, problemAt, repeated } from './KnownNames';

const folder = 'shared/';
/** Files that every app has, or that are written for it. */
const taken = ['functions.py', 'vocabulary.py'];

/** Code that archetypes share and that is not there, is there already, or that nobody takes. */
export function checkShared({ archetypes, files }: SourceOfPack): Problem[] {
  const there = [...files.keys()]
    .filter(path => path.startsWith(folder))
    .map(path => path.slice(folder.length));
  const used = archetypes.flatMap(({ source }) => source?.shared ?? []);
  const isRead = archetypes.every(({ source }) => source);
  const unused = there
    .filter(name => isRead && !used.includes(name))
    .map(name => ({
      file: `${folder}${name}`,
      what: 'No archetype takes it',
      remedy: `Write shared: [${name}] in an archetype, or delete the file`,
    }));
  const wrong = archetypes.flatMap(({ document, folder: own, source }) => {
    const shared = source?.shared ?? [];
    const twice = repeated(shared);
    return shared.flatMap((name, position) => {
      const refuse = (what: string, remedy: string) =>
        problemAt(document, ['shared', position], what, remedy);
      if (!there.includes(name))
        return [refuse(`The folder shared has no "${name}"`, oneOf(there))];
      const isOwn = [name, `${name}.njk`].some(path =>
        files.has(`${own}/template/${path}`),
      );
      return isOwn || taken.includes(name) || twice.includes(position)
        ? [
            refuse(
              `Its apps would have ${name} twice`,
              'Rename one of them, or leave it out here',
            ),
          ]
        : [];
    });
  });
  return [...wrong, ...unused];
}
