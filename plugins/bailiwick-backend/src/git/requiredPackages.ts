import { InputError } from '@backstage/errors';
import {
  maxPackageFile,
  packageFiles,
  type PackageFile,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { git } from './runGit';

/** A file of a commit that declares packages. */
export interface RequiredPackages {
  file: PackageFile;
  content: string;
}

/** Whether a file can declare packages; the build reads it properly. */
const declares: Record<PackageFile, (content: string) => boolean> = {
  'requirements.txt': content => /^\s*[^\s#]/m.test(content),
  'pyproject.toml': content => /\bdependencies\b/.test(content),
};

/** Words for a file that is too large; its size in characters, as a number or as a shell variable. */
export const packagesTooLarge = (file: string, size: number | string) =>
  `${file} has ${size} characters; at most ${maxPackageFile} are allowed. Name fewer packages.`;

/**
 * Reads the packages that the code of a commit requires, `undefined` if it requires none.
 *
 * @param folder - the repository
 * @throws InputError when the file is too large
 */
export async function requiredPackages(
  folder: string,
  commit: string,
): Promise<RequiredPackages | undefined> {
  const listed = await git([
    ...['-C', folder, 'ls-tree', commit, '--'],
    ...packageFiles,
  ]);
  const entries = listed.toString().split('\n');
  const file = packageFiles.find(name =>
    entries.some(
      entry => /^100\d+ blob /.test(entry) && entry.endsWith(`\t${name}`),
    ),
  );
  if (!file) return undefined;
  const blob = await git([
    '-C',
    folder,
    'cat-file',
    'blob',
    `${commit}:${file}`,
  ]);
  const content = blob.toString();
  if (!declares[file](content)) return undefined;
  if (/[\0\ufffd]/.test(content))
    throw new InputError(
      `${file} is not text in UTF-8; save it with this encoding.`,
    );
  if (content.length > maxPackageFile)
    throw new InputError(packagesTooLarge(file, content.length));
  return { file, content };
}
