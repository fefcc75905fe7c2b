/** A commit of the repository of an app. */
export interface CommitView {
  commit: string;
  /** First line of its message. */
  message: string;
  /** Name of the author in git, which the committer can choose freely. */
  author: string;
  /** Time of the commit, RFC 3339. */
  at: string;
  /** Reference of the signed-in user who pushed the commit as the newest one; absent for other commits. */
  pushedBy?: string;
}

/** Difference between two commits. */
export interface CommitChanges {
  /** Unified diff of git. */
  text: string;
  /** Whether the text is truncated. */
  isCut: boolean;
}

/** The files of a commit of an app's repository, sorted by path. */
export interface FileTree {
  commit: string;
  files: {
    path: string;
    bytes: number;
    /** Hash of the content in git. */
    hash: string;
  }[];
  /** Whether there are more files than the list can hold. */
  isCut: boolean;
}

/** A file of a commit. */
export interface FileContent {
  commit: string;
  path: string;
  /** Absent if the file is longer than 1 MiB, or is not UTF-8. */
  text?: string;
}

/** A commit to be created on top of the newest one. */
export interface NewCommit {
  /** The newest commit when the person began to edit. */
  base: string;
  message: string;
  /** New contents by path; `null` deletes the file. */
  files: { path: string; content: string | null }[];
}

/** A commit that was created in the portal. */
export interface CreatedCommit {
  commit: string;
  /** Reason why it is not published yet, and what happens next. */
  waiting?: string;
}
