import type { Build, Contract, TestReport } from '../kinds';
import type { PreviewView } from './podViews';

/** A commit of the repository of an app. @public */
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

/** A build of the packages of an app, without its log. @public */
export type BuildView = Pick<
  Build['spec'],
  'cancelledBy' | 'commit' | 'file' | 'image'
> &
  Pick<
    NonNullable<Build['status']>,
    'finishedAt' | 'line' | 'packages' | 'startedAt' | 'superseded' | 'why'
  > & {
    name: string;
    phase: NonNullable<NonNullable<Build['status']>['phase']>;
    /** Number of advisories for its packages; absent if they are unknown. */
    advisories?: number;
    /** Tools that the packages are for, instead of the app. */
    tools?: string;
    /** Time of its request (RFC 3339). */
    createdAt: string;
  };

/** Difference between two commits. @public */
export interface CommitChanges {
  /** Unified diff of git. */
  text: string;
  /** Whether the text is truncated. */
  isCut: boolean;
}

/** The files of a commit of an app's repository, sorted by path. @public */
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
  /** Branches of the repository, `main` first and then the newest one; absent if the files of a commit were requested. */
  branches?: BranchView[];
}

/** A branch of an app's repository. @public */
export interface BranchView {
  name: string;
  /** Its newest commit. */
  commit: string;
}

/** A file of a commit. @public */
export interface FileContent {
  commit: string;
  path: string;
  /** Absent if the file is longer than 1 MiB, or is not UTF-8. */
  text?: string;
}

/** A commit to be created on top of the newest one of a branch. @public */
export interface NewCommit {
  /** The newest commit when the person began to edit. */
  base: string;
  /** Branch that gets the commit, `main` by default. */
  branch?: string;
  /** Whether the branch is created at the base. */
  isNewBranch?: boolean;
  message: string;
  /** New contents by path; `null` deletes the file. */
  files: { path: string; content: string | null }[];
}

/** A commit that was created in the portal. @public */
export interface CreatedCommit {
  commit: string;
  /** Reason why it is not published yet, and what happens next. */
  waiting?: string;
}

/** Code to try: changes of a commit, and a call of a function. @public */
export interface NewTry {
  /** Commit to which the changes were made. */
  base: string;
  /** New contents by path; `null` deletes the file. */
  files: { path: string; content: string | null }[];
  /** Function to call; without one, only the contract is read, or the tests run. */
  function?: string;
  /** Values of its parameters; the others have their defaults. */
  parameters?: Record<string, unknown>;
  /** Whether the tests of the code run. */
  tests?: boolean;
}

/** Result of a try. Its texts come from the code of the app. @public */
export interface TryView {
  /** Environment whose connections and settings the code had. */
  environment: string;
  /**
   * Contract of the code; absent if it does not load. A called function without declared columns has those of its rows.
   */
  contract?: Contract;
  /** Reasons why the code cannot be served. */
  problems?: CodeProblem[];
  /** Outcomes of the tests, if they ran. */
  tests?: TestReport;
  /** Result of the function; absent without a call, and if it failed. */
  result?: PreviewView;
  /** How to declare the columns of the rows, if the called function declares none. */
  pin?: ColumnPin;
  /** Reason why the call failed. */
  error?: {
    message: string;
    /** Last line of the app's code in the traceback. */
    file?: string;
    line?: number;
    traceback?: string;
  };
  /** End of what the code printed. */
  log: string;
  /** Duration of the call in seconds. */
  seconds?: number;
}

/** A row class with the columns of a result, in the code of its function. @public */
export interface ColumnPin {
  /** Number of rows from which the columns were inferred. */
  rows: number;
  /** File of the function with the row class; absent with a refusal. */
  changed?: { path: string; content: string };
  /** Reason why no row class can be written, with the remedy; whole sentences. */
  refusal?: string;
}

/** A problem of code that does not load. @public */
export interface CodeProblem {
  /** Path in the repository. */
  file: string;
  /** Number of the line, from 1; 0 if it is not known. */
  line: number;
  message: string;
}

/** Types of the libraries in a runtime, for a language server. @public */
export interface LibraryTypes {
  /** Version of Python: `3.11`. */
  python: string;
  /** Texts of stubs and modules by path: `pandas/core/frame.pyi`. */
  files: Record<string, string>;
}
