import { InputError } from '@backstage/errors';

/** A file of a first commit. */
export interface SourceFile {
  path: string;
  content: string;
}

const unsafePath = /(^|\/)(\.{1,2}|\.git)?(\/|$)|[\0\n"\\]/i;

function counted(content: string): string {
  return `data ${Buffer.byteLength(content)}\n${content}\n`;
}

/**
 * Returns the stream by which `git fast-import` creates a first commit of files on `main`. Format:
 * https://git-scm.com/docs/git-fast-import#_input_format
 *
 * @throws InputError for a path outside the repository.
 */
export function fastImport(
  files: SourceFile[],
  author: { name: string; email: string },
): string {
  const unsafe = files.find(({ path }) => unsafePath.test(path));
  if (unsafe) {
    throw new InputError(
      `"${unsafe.path}" is not a path inside the repository`,
    );
  }
  const who = `${author.name.replace(/[<>\n]/g, '')} <${author.email.replace(
    /[<>\n]/g,
    '',
  )}>`;
  return [
    'commit refs/heads/main\n',
    `committer ${who} ${Math.floor(Date.now() / 1000)} +0000\n`,
    counted('Start from the template'),
    ...files.map(
      ({ path, content }) => `M 100644 inline ${path}\n${counted(content)}`,
    ),
    'done\n',
  ].join('');
}
