import { repositoryRoot, runProgram } from '@bailiwick/backstage-cli';
import {
  copyFileSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { problemsOf } from './problemsOf';
import { bin } from '../process/bin';

interface PublishedPackage {
  name: string;
  folder: string;
}

/** Packages that are not private. */
function publishedPackages(): PublishedPackage[] {
  return globSync('{packages,plugins}/*/package.json', { cwd: repositoryRoot })
    .sort()
    .map(path => join(repositoryRoot, path))
    .map(path => ({
      folder: dirname(path),
      ...JSON.parse(readFileSync(path, 'utf8')),
    }))
    .filter(one => !one.private);
}

/**
 * Builds, packs and checks everything that is published, and prints the result of each package.
 *
 * @param out - folder for the tarballs
 * @returns number of failures
 */
export async function packPackages(out: string): Promise<number> {
  mkdirSync(out, { recursive: true });
  const packages = publishedPackages();
  const names = packages.map(({ name }) => name);
  // Declarations of all packages, from which each build takes its own.
  let failed = await runProgram(process.execPath, [
    bin('typescript/bin/tsc'),
    ...['--incremental', 'false'],
  ]);
  for (const { folder, name } of failed ? [] : packages) {
    const tarball = join(out, `${name.replace(/\W+/g, '-').slice(1)}.tgz`);
    const code = await pack({ folder, name }, tarball);
    const problems = code
      ? [`It cannot be packed (exit code ${code})`]
      : await problemsOf(readFileSync(tarball), names);
    process.stdout.write(`${problems.length > 0 ? '✘' : '✔'} ${name}\n`);
    for (const problem of problems) process.stdout.write(`    ${problem}\n`);
    failed += problems.length > 0 ? 1 : 0;
  }
  return failed;
}

/** Reads the tarballs that {@link packPackages} has written. */
export function readTarballs(folder: string): Uint8Array[] {
  return globSync('*.tgz', { cwd: folder }).map(file =>
    readFileSync(join(folder, file)),
  );
}

/** Builds and packs a package, with the license. @returns the exit code of what failed, or 0 */
async function pack(
  { folder, name }: PublishedPackage,
  tarball: string,
): Promise<number> {
  const [license, readme] = ['LICENSE', 'README.md'].map(file =>
    join(folder, file),
  );
  const text = readFileSync(readme, 'utf8');
  copyFileSync(join(repositoryRoot, 'LICENSE'), license);
  writeFileSync(readme, withoutLinksUp(text));
  try {
    const run = (...args: string[]) =>
      runProgram(process.execPath, args, {
        cwd: folder,
        log: `${tarball}.log`,
      });
    return (
      (await run(
        bin('@backstage/cli/bin/backstage-cli'),
        'package',
        'build',
      )) ||
      (await run(
        join(repositoryRoot, 'scripts/run.mjs'),
        ...['yarn', 'workspace', name, 'pack', '--out', tarball],
      ))
    );
  } finally {
    rmSync(license);
    writeFileSync(readme, text);
  }
}

/**
 * Returns a text without its references to other parts of the repository, which are not packed: links become plain text,
 * and pictures are left out.
 */
function withoutLinksUp(text: string): string {
  return text
    .replace(/!\[[^\]]*\]\(\.\.\/[^)]+\)\n*/g, '')
    .replace(/\[([^\]]+)\]\(\.\.\/[^)]+\)/g, '$1');
}
