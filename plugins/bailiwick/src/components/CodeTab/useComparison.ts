import type {
  AppView,
  FileTree,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useApi } from '@backstage/core-plugin-api';
import useAsync from 'react-use/esm/useAsync';

/** How the newest commit differs from another one. */
export interface Comparison {
  /** The other commit. */
  commit: string;
  /** Paths of the files that are not the same in both. */
  differing: ReadonlySet<string>;
  /** Paths of the files that only the newest commit has. */
  added: ReadonlySet<string>;
  /** Paths of the files that only the other commit has. */
  removed: string[];
}

/**
 * Compares the files of the newest commit with those of another one.
 *
 * @param tree - files of the newest commit
 * @param commit - the other commit; absent to compare nothing
 */
export function useComparison(
  { metadata, tenant }: AppView,
  tree: FileTree,
  commit: string | undefined,
): { comparison?: Comparison; problem?: string } {
  const client = useApi(bailiwickApiRef);
  const { name } = metadata;
  const { error, value } = useAsync(async () => {
    if (commit === undefined) return undefined;
    const { files } =
      commit === tree.commit
        ? tree
        : await client.listFiles(tenant, name, { commit });
    return compareFiles(tree.files, files, commit);
  }, [client, tenant, name, tree, commit]);
  if (commit === undefined) return {};
  if (error) return { problem: `Not compared: ${withFullStop(error.message)}` };
  return value?.commit === commit ? { comparison: value } : {};
}

function compareFiles(
  newest: FileTree['files'],
  other: FileTree['files'],
  commit: string,
): Comparison {
  const before = new Map(other.map(({ hash, path }) => [path, hash]));
  const now = new Set(newest.map(({ path }) => path));
  const pathsOf = (files: FileTree['files']) => files.map(({ path }) => path);
  return {
    commit,
    differing: new Set(
      pathsOf(newest.filter(({ hash, path }) => before.get(path) !== hash)),
    ),
    added: new Set(pathsOf(newest.filter(({ path }) => !before.has(path)))),
    removed: pathsOf(other.filter(({ path }) => !now.has(path))),
  };
}
