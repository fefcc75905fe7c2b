import { repositoryRoot } from '@bailiwick/backstage-cli';
import { readFile } from 'node:fs/promises';
import { arch, platform } from 'node:process';
import { join, relative } from 'node:path';
import { copyFiles } from './copyFiles';

/** Code that can load further files of its package, whose names no bundler knows. */
const loadsByPath =
  /\b__(?:dirname|filename)\b|\bimport\.meta\b|\bcreateRequire\b|\brequire\.resolve\b|\bresolvePackagePath\b|\b(?:require|import)\((?!\s*["'][^"']+["']\s*\))/;

/** What Node resolves imports with, and what has to go with copies. */
const always = /(?:^|\/)(?:package\.json|(?:licen[cs]e|notice|copying)[^/]*)$/i;
/** Type declarations, source maps and documentation; native code, and what its compilation left on this machine. */
const unneededFiles =
  /\.(?:[cm]?tsx?|map|flow|markdown|md|c|cc|cpp|h|hpp|gypi?|mk|d|stamp|sh|patch)$|Makefile$/i;
/** Folders right in that of the package; deeper ones with such names often have code. */
const unneededFolders =
  /^(?:\.github|__tests__|benchmarks?|coverage|docs?|examples?|tests?)\//;
/** A native library for one platform. */
const nativeLibrary = /^prebuilds\/([^/.]+)/;

/**
 * Copies the files of an installed package that a program imports. If those can load further ones, the rest of the
 * package follows, without what Node never reads.
 *
 * @param folder - such as `node_modules/a/node_modules/b`
 * @param imported - files of the package, from the root
 * @returns the folder of the copy
 */
export async function copyPackage(
  folder: string,
  imported: readonly string[],
  target: string,
): Promise<string> {
  const to = join(target, folder);
  const isImported = new Set(imported.map(file => relative(folder, file)));
  const isWhole = await canLoadMore(imported);
  await copyFiles(join(repositoryRoot, folder), to, path => {
    if (isImported.has(path) || always.test(path)) return true;
    return isWhole && isNeeded(path);
  });
  return to;
}

async function canLoadMore(files: readonly string[]): Promise<boolean> {
  for (const file of files.filter(each => /\.[cm]?js$/.test(each))) {
    const code = await readFile(join(repositoryRoot, file), 'utf8');
    if (loadsByPath.test(code)) return true;
  }
  return false;
}

function isNeeded(path: string): boolean {
  const library = nativeLibrary.exec(path)?.[1];
  if (library && library !== `${platform}-${arch}`) return false;
  return !unneededFiles.test(path) && !unneededFolders.test(path);
}
