/** Returns the short form of a commit, as git and the code hosts show it. @public */
export function formatCommit(commit: string): string {
  return commit.slice(0, 7);
}
