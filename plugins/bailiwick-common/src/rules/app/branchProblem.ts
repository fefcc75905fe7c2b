/** Branch whose commits run as the draft. */
export const mainBranch = 'main';

/** Characters of a name at most. */
const longestName = 100;

/** A part of a name between slashes: no option, no hidden name, and no `.lock` of git itself. */
const part = /^(?!.*\.lock$)\w[\w.-]*$/;

/**
 * Returns what is wrong with the name of a branch, `undefined` for a valid one. Stricter than git
 * (git-check-ref-format(1)), so that names are safe in addresses and commands.
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
