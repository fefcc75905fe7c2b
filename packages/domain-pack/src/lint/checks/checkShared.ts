import type { Problem } from '../../problem/Problem';
import type { PackSource } from '../../source/readSource';
import { oneOf, repeated } from './KnownNames';
import { problemsIn, validArchetypes } from './problemsIn';

const folder = 'shared/';
/** Files that every app has already. */
const taken = ['functions.py', 'vocabulary.py'];

/** Reports shared files that are missing, that an app would have twice, or that no archetype uses. */
export function checkShared(pack: PackSource): Problem[] {
  const { archetypes, files } = pack;
  const there = [...files.keys()]
    .filter(path => path.startsWith(folder))
    .map(path => path.slice(folder.length));
  const used = archetypes.flatMap(({ source }) => source?.shared ?? []);
  const isRead = archetypes.every(({ source }) => source);
  const unused = there
    .filter(name => isRead && !used.includes(name))
    .map(name => ({
      file: `${folder}${name}`,
      what: 'No archetype uses this file',
      remedy: `Write shared: [${name}] in an archetype, or delete the file`,
    }));
  const wrong = validArchetypes(pack).flatMap(archetype =>
    problemsIn(archetype.document, refuse => {
      const { shared } = archetype.source;
      const twice = repeated(shared);
      for (const [position, name] of shared.entries()) {
        const isOwn = [name, `${name}.njk`].some(path =>
          files.has(`${archetype.folder}/template/${path}`),
        );
        if (!there.includes(name))
          refuse(
            ['shared', position],
            `The folder shared has no file "${name}"`,
            oneOf(there, name),
          );
        else if (isOwn || taken.includes(name) || twice.includes(position))
          refuse(
            ['shared', position],
            `Apps would have the file ${name} twice`,
            'Rename one of them, or remove it here',
          );
      }
    }),
  );
  return [...wrong, ...unused];
}
