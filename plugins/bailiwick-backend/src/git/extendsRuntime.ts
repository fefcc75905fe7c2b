import { git, gitText } from './runGit';

/**
 * Returns whether the Dockerfile in the root of a commit extends the runtime: whether its last stage begins with
 * `FROM runtime`. Other Dockerfiles have other purposes.
 *
 * @param folder - the repository
 */
export async function extendsRuntime(
  folder: string,
  commit: string,
): Promise<boolean> {
  const name = 'Dockerfile';
  const listed = await gitText(['-C', folder, 'ls-tree', commit, '--', name]);
  if (!/^100\d+ blob /.test(listed)) return false;
  const place = `${commit}:${name}`;
  const content = await git(['-C', folder, 'cat-file', 'blob', place]);
  const last = content
    .toString()
    .match(/^[ \t]*FROM[ \t].*$/gim)
    ?.at(-1);
  return /^\s*FROM\s+(--\S+\s+)*runtime(\s|$)/i.test(last ?? '');
}
