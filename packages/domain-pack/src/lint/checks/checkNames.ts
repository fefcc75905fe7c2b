import type { Problem } from '../../problem/Problem';
import type { SourceOfPack } from '../../source/readSource';
import { isGolden } from '../../verdict';
import { knownNamesOf, problemAt, repeated } from './KnownNames';

/** Characters of a name in Backstage's catalog. */
const longest = 63;

/** Names that are there twice, and archetypes without a folder or a place in the gallery. */
export function checkNames(pack: SourceOfPack): Problem[] {
  const { archetypes, document, files } = pack;
  const known = knownNamesOf(pack);
  const listed =
    (
      (document.value as { spec?: { archetypes?: unknown } } | null)?.spec
        ?.archetypes as unknown[] | undefined
    )?.map(String) ?? [];
  const lists: [string, string[]][] = [
    ...Object.entries(known).map(([list, items]): [string, string[]] => [
      list,
      (items as { name: string }[]).map(({ name }) => name),
    ]),
    ['archetypes', listed],
  ];
  const twice = lists.flatMap(([list, names]) =>
    repeated(names).map(position =>
      problemAt(
        document,
        ['spec', list, position],
        `spec.${list} has "${names[position]}" twice`,
        'Rename one of them, or delete it',
      ),
    ),
  );
  const absent = listed.flatMap((name, position) =>
    files.has(`archetypes/${name}/archetype.yaml`)
      ? []
      : problemAt(
          document,
          ['spec', 'archetypes', position],
          `The archetype "${name}" has no file archetypes/${name}/archetype.yaml`,
          'Correct the name, or write the file',
        ),
  );
  const { name: own } =
    (document.value as { metadata?: { name?: string } } | null)?.metadata ?? {};
  const unfit = listed.flatMap((name, position) => {
    const template = `${own}-${name}`;
    return template.length <= longest && !template.includes('--')
      ? []
      : problemAt(
          document,
          ['spec', 'archetypes', position],
          `Its template would have the name ${template}, which the catalog does not take`,
          `Choose names without --, of ${longest} characters together at most`,
        );
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
    ...twice,
    ...absent,
    ...unfit,
    ...forgotten,
    ...strangers.map(file => ({
      file,
      what: 'It belongs to nothing',
      remedy: 'Code of the template goes into the folder template',
    })),
  ];
}
