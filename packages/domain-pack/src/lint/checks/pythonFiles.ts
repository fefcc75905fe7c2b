import type { ArchetypeSource, PackSource } from '../../source/readSource';

/** A Python file of an archetype's apps, as its author wrote it. */
export interface PythonFile {
  /** Name by which other code imports it, such as `tables`. */
  module: string;
  /** Path in the pack. */
  file: string;
  text: string;
}

/** Returns the Python files of an archetype, including shared ones, without its tests. */
export function pythonFiles(
  { files }: PackSource,
  { folder, template }: ArchetypeSource,
): PythonFile[] {
  return [...template]
    .filter(([path]) => /\.py(\.njk)?$/.test(path) && !/^tests\//.test(path))
    .map(([path, text]) => ({
      module: path
        .replace(/\.py(\.njk)?$/, '')
        .replace(/\/__init__$/, '')
        .replaceAll('/', '.'),
      file: files.has(`${folder}/template/${path}`)
        ? `${folder}/template/${path}`
        : `shared/${path}`,
      text,
    }));
}
