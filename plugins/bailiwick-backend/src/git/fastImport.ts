import { InputError } from '@backstage/errors';

/** A file of a commit. */
export interface SourceFile {
  path: string;
  content: string;
}

/** A change of a file: its new content, or `null` to delete it. */
export interface FileChange {
  path: string;
  content: string | null;
  /** Whether the file is a program; false by default. */
  isExecutable?: boolean;
}

/** Name and e-mail address in a commit. */
export interface Author {
  name: string;
  email: string;
}

/** A commit to be created. */
export interface NewCommit {
  /** Full name of the branch that gets the commit. */
  ref: string;
  /** Commit that it follows; absent for the first one. */
  parent?: string;
  message: string;
  files: FileChange[];
  author: Author;
}

const unsafePath = /(^|\/)(\.{1,2}|\.git)?(\/|$)|[\0\n"\\]/i;

/** Whether a path is that of a file inside a repository. */
export function isInside(path: string): boolean {
  return !unsafePath.test(path);
}

/** @throws InputError for a path outside the repository */
export function requireInside(files: readonly { path: string }[]): void {
  const outside = files.find(({ path }) => !isInside(path));
  if (outside)
    throw new InputError(
      `"${outside.path}" is not a valid path; use a relative path such as helpers/dates.py`,
    );
}

function counted(content: string): string {
  return `data ${Buffer.byteLength(content)}\n${content}\n`;
}

/**
 * Returns the stream by which `git fast-import` creates a commit. Format:
 * https://git-scm.com/docs/git-fast-import#_input_format
 *
 * @throws InputError for a path outside the repository.
 */
export function fastImport({
  author,
  files,
  message,
  parent,
  ref,
}: NewCommit): string {
  requireInside(files);
  const who = `${author.name.replace(/[<>\n]/g, '')} <${author.email.replace(
    /[<>\n]/g,
    '',
  )}>`;
  return [
    `commit ${ref}\n`,
    `committer ${who} ${Math.floor(Date.now() / 1000)} +0000\n`,
    counted(message),
    ...(parent ? [`from ${parent}\n`] : []),
    ...files.map(({ content, isExecutable, path }) =>
      content === null
        ? `D ${path}\n`
        : `M ${isExecutable ? '100755' : '100644'} inline ${path}\n${counted(
            content,
          )}`,
    ),
    'done\n',
  ].join('');
}
