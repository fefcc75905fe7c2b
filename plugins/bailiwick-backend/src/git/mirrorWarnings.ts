import { git } from './runGit';

/** Bytes of `.gitattributes` that are read. */
const longest = 64 * 1024;

/** Returns sentences about what a commit has that does not reach pods. */
export async function warningsOf(
  folder: string,
  commit: string,
): Promise<string[]> {
  const read = async (path: string) =>
    git(['-C', folder, 'cat-file', 'blob', `${commit}:${path}`]).then(
      content => content.subarray(0, longest).toString(),
      () => undefined,
    );
  const [attributes, modules] = await Promise.all([
    read('.gitattributes'),
    read('.gitmodules'),
  ]);
  return [
    ...(modules === undefined
      ? []
      : ['Submodules are not fetched: their folders are empty in pods.']),
    ...(attributes && /^[^#\n]*\bfilter=lfs\b/m.test(attributes)
      ? ['Files in Git LFS are not fetched: pods get their pointers.']
      : []),
  ];
}
