import type { PackFiles } from '../folder/readPackFolder';
import type { Problem } from '../problem/Problem';
import { readYaml, type Located } from './readYaml';
import { schemaProblems } from './schemaProblems';
import {
  archetypeSchema,
  packSchema,
  type ArchetypeManifest,
  type PackManifest,
} from './schemas';

/** One archetype of a pack as it was read. */
export interface ArchetypeSource {
  name: string;
  /** Its folder, such as `archetypes/price-feed`. */
  folder: string;
  document: Located;
  /** `undefined` when the file breaks the schema. */
  source?: ArchetypeManifest;
  /** Files of its template and those that it shares, by their paths in an app, with `.njk` still on. */
  template: PackFiles;
}

/** A pack as it was read. */
export interface PackSource {
  files: PackFiles;
  document: Located;
  /** `undefined` when `pack.yaml` breaks the schema. */
  source?: PackManifest;
  archetypes: ArchetypeSource[];
}

const packFile = 'pack.yaml';

/** Reads the files of a pack, with everything that is wrong with single ones. */
export function sourceOf(files: PackFiles): {
  pack?: PackSource;
  problems: Problem[];
} {
  const problems: Problem[] = [];
  const text = files.get(packFile);
  if (text === undefined)
    return {
      problems: [
        {
          file: packFile,
          what: 'Not found',
          remedy:
            'Give the folder that contains it, or create a pack with: bailiwick pack init <folder>',
        },
      ],
    };
  const { document, problems: unread } = readYaml(packFile, text);
  problems.push(...unread);
  if (document.value === undefined) return { problems };
  const broken = schemaProblems(packSchema, document);
  problems.push(...broken);
  const names = namesOf(document.value);
  const archetypes = names.flatMap(
    name => readArchetype(files, name, problems) ?? [],
  );
  const source =
    broken.length === 0 ? packSchema.parse(document.value) : undefined;
  return { pack: { files, document, source, archetypes }, problems };
}

/** The archetypes that a `pack.yaml` names, also when it is wrong elsewhere. */
function namesOf(value: unknown): string[] {
  const list = (value as { spec?: { archetypes?: unknown } } | null)?.spec
    ?.archetypes;
  const names = Array.isArray(list) ? list : [];
  return names.filter(
    (name): name is string =>
      typeof name === 'string' && /^[a-z0-9][-a-z0-9]*$/.test(name),
  );
}

function readArchetype(
  files: PackFiles,
  name: string,
  problems: Problem[],
): ArchetypeSource | undefined {
  const folder = `archetypes/${name}`;
  const file = `${folder}/archetype.yaml`;
  const text = files.get(file);
  // The missing file is reported where it is named.
  if (text === undefined) return undefined;
  const { document, problems: unread } = readYaml(file, text);
  const broken =
    unread.length > 0 ? unread : schemaProblems(archetypeSchema, document);
  problems.push(...broken);
  const begin = `${folder}/template/`;
  const source =
    broken.length === 0 ? archetypeSchema.parse(document.value) : undefined;
  const shared = (source?.shared ?? []).flatMap(path => {
    const content = files.get(`shared/${path}`);
    return content === undefined ? [] : [[path, content] as const];
  });
  return {
    name,
    folder,
    document,
    source,
    template: new Map([
      ...shared,
      ...[...files]
        .filter(([path]) => path.startsWith(begin))
        .map(([path, content]) => [path.slice(begin.length), content] as const),
    ]),
  };
}
