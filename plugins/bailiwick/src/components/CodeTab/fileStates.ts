import type { FileTree } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Edits } from './useEdits';

/** How a file differs from the newest commit; also the word that people read. */
export type FileState = 'changed' | 'deleted' | 'new';

/** What the list says of a file: its state, or that an unchanged one differs from the compared commit. */
export type FileWord = FileState | 'differs';

/** Returns all files by path with their state, `undefined` for unchanged ones; sorted by path. */
export function statesOf(
  { files }: FileTree,
  { files: edited }: Edits,
): Map<string, FileState | undefined> {
  const known = new Set(files.map(({ path }) => path));
  const added = Object.keys(edited).filter(
    path => !known.has(path) && edited[path] !== null,
  );
  const stateOf = (path: string): FileState | undefined => {
    if (!Object.hasOwn(edited, path)) return undefined;
    if (edited[path] === null) return 'deleted';
    return known.has(path) ? 'changed' : 'new';
  };
  return new Map(
    [...known, ...added].sort().map(path => [path, stateOf(path)]),
  );
}
