/** Branch whose commits run as the draft. @public */
export const mainBranch = 'main';

/** Characters of a name at most. */
const longestName = 100;

/** A part of a name between slashes: no option, no hidden name, and no `.lock` of git itself. */
const part = /^(?!.*\.lock$)\w[\w.-]*$/;

/**
 * Returns what is wrong with the name of a branch, `undefined` for a valid one. Stricter than git
 * (git-check-ref-format(1)), so that names are safe in addresses and commands.
 *
 * @public
 */
export function branchProblem(name: string): string | undefined {
  if (name === '') return 'Enter the name of the branch';
  if (name.length > longestName)
    return `The name of a branch has at most ${longestName} characters`;
  const isValid =
    name
      .split('/')
      .every(
        one => part.test(one) && !one.includes('..') && !/\.$/.test(one),
      ) && !/^(head|refs)(\/|$)/i.test(name);
  return isValid
    ? undefined
    : `"${name}" is not a valid branch name; use letters, digits, "-", "_", "." and "/", such as fix/rates`;
}

/** Returns why a new branch cannot exist beside those of a repository, `undefined` if it can. @public */
export function branchConflict(
  name: string,
  branches: readonly string[],
): string | undefined {
  if (branches.includes(name))
    return `Branch "${name}" already exists; choose another name, or choose it from the list`;
  const other = branches.find(
    one => one.startsWith(`${name}/`) || name.startsWith(`${one}/`),
  );
  return other !== undefined
    ? `Branch "${name}" cannot exist beside branch "${other}"; choose another name`
    : undefined;
}
