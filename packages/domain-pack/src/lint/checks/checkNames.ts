import type { Problem } from '../../problem/Problem';
import type { PackSource } from '../../source/readSource';
import { isGolden } from '../../testResults';
import { knownNamesOf, namesOf, repeated } from './KnownNames';
import { problemsIn } from './problemsIn';

/** Characters of a name in Backstage's catalog. */
const longest = 63;

/** Reports duplicate names, and archetypes without a folder or a place in the gallery. */
export function checkNames(pack: PackSource): Problem[] {
  const { archetypes, document, files } = pack;
  const known = knownNamesOf(pack);
  const { metadata, spec } = (document.value ?? {}) as {
    metadata?: { name?: string };
    spec?: { archetypes?: unknown[] };
  };
  const listed = (spec?.archetypes ?? []).map(String);
  const lists: [string, string[]][] = [
    ...Object.entries(known).map(([list, items]): [string, string[]] => [
      list,
      namesOf(items),
    ]),
    ['archetypes', listed],
  ];
  const wrong = problemsIn(document, refuse => {
    for (const [list, names] of lists)
      for (const position of repeated(names))
        refuse(
          ['spec', list, position],
          `spec.${list} has "${names[position]}" twice`,
          'Rename or delete one of them',
        );
    for (const [position, name] of listed.entries()) {
      const template = `${metadata?.name}-${name}`;
      if (!files.has(`archetypes/${name}/archetype.yaml`))
        refuse(
          ['spec', 'archetypes', position],
          `The archetype "${name}" has no file archetypes/${name}/archetype.yaml`,
          'Correct the name or add the file',
        );
      if (template.length > longest || template.includes('--'))
        refuse(
          ['spec', 'archetypes', position],
          `The catalog does not allow the template name ${template}`,
          `Choose names without --, with at most ${longest} characters in total`,
        );
    }
  });
  const folders = new Set(
    [...files.keys()].flatMap(
      path => /^archetypes\/([^/]+)\//.exec(path)?.[1] ?? [],
    ),
  );
  const forgotten = [...folders]
    .filter(name => !listed.includes(name))
    .map(name => ({
      file: `archetypes/${name}/archetype.yaml`,
      what: `pack.yaml does not list the archetype "${name}"`,
      remedy: 'Add it to spec.archetypes, or delete the folder',
    }));
  const strangers = archetypes.flatMap(({ folder }) =>
    [...files.keys()].filter(
      path =>
        path.startsWith(`${folder}/`) &&
        !path.startsWith(`${folder}/template/`) &&
        !isGolden(path) &&
        !/\/(archetype\.yaml|README\.md)$/.test(path),
    ),
  );
  return [
    ...wrong,
    ...forgotten,
    ...strangers.map(file => ({
      file,
      what: 'No part of the pack uses this file',
      remedy: 'Move template code into the folder template',
    })),
  ];
}
