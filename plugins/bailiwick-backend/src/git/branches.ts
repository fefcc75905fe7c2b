import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { BranchView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  branchConflict,
  branchProblem,
  mainBranch,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { gitText } from './runGit';

/** Number of branches that are listed besides `main`, the newest ones. */
const branchesShown = 200;

/** Full name of a branch. */
export const refOf = (branch: string) => `refs/heads/${branch}`;

/** Lists the branches of a repository, `main` first and then the newest one. */
export async function listBranches(folder: string): Promise<BranchView[]> {
  const text = await gitText([
    ...['-C', folder, 'for-each-ref', '--sort=-committerdate'],
    '--format=%(refname:lstrip=2)%00%(objectname)',
    'refs/heads/',
  ]);
  const all = text.split('\n').map(line => {
    const [name, commit] = line.split('\0');
    return { name, commit };
  });
  return [
    ...all.filter(({ name }) => name === mainBranch),
    ...all.filter(({ name }) => name !== mainBranch).slice(0, branchesShown),
  ];
}

/**
 * Returns the newest commit of a branch. Its name may be one that only git clients can choose.
 *
 * @throws NotFoundError when there is no such branch
 */
export async function branchHead(
  folder: string,
  branch: string,
): Promise<string> {
  const show = ['show-ref', '--verify', '--hash', refOf(branch)];
  return gitText(['-C', folder, ...show]).catch(() => {
    throw new NotFoundError(
      `Branch "${branch}" was not found; it may have been deleted. Choose another branch`,
    );
  });
}

/**
 * Checks that a branch can be created.
 *
 * @throws InputError for an invalid name
 * @throws ConflictError when the branch exists, or one whose name git cannot keep beside it
 */
export async function requireFree(
  folder: string,
  branch: string,
): Promise<void> {
  requireName(branch);
  const text = await gitText([
    ...['-C', folder, 'for-each-ref', '--format=%(refname:lstrip=2)'],
    'refs/heads/',
  ]);
  const problem = branchConflict(branch, text.split('\n'));
  if (problem) throw new ConflictError(problem);
}

/** @throws InputError for an invalid name */
function requireName(branch: string): void {
  const problem = branchProblem(branch);
  if (problem) throw new InputError(problem);
}
