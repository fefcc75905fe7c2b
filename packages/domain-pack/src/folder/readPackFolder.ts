import { lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../problem/Problem';
import {
  asText,
  isIgnored,
  isUsualName,
  limits,
  lineOfBadBytes,
} from './packPaths';

/** The files of a pack by their paths, parts joined with `/`; nothing is read from elsewhere afterwards. */
export type PackFiles = ReadonlyMap<string, string>;

/**
 * Reads all text files of a folder. Links are not followed, and nothing that is no plain file is
 * opened; sizes are looked at before anything is read.
 */
export function readPackFolder(root: string): {
  files: PackFiles;
  problems: Problem[];
} {
  const files = new Map<string, string>();
  const problems: Problem[] = [];
  let [bytes, count] = [0, 0];

  let largest = { path: 'pack.yaml', size: 0 };

  const refuse = (
    file: string,
    what: string,
    remedy: string,
    line?: number,
  ) => {
    problems.push({ file, ...(line && { line }), what, remedy });
  };

  function readFile(path: string, { size }: Stats) {
    count += 1;
    bytes += size;
    if (size > largest.size) largest = { path, size };
    if (count > limits.files || bytes > limits.bytes) return;
    const content = readFileSync(join(root, path));
    const text = asText(content);
    if (text !== undefined) files.set(path, text);
    else
      refuse(
        path,
        'It is not a text in UTF-8',
        'Save it as UTF-8, or leave it out: a pack holds text only',
        lineOfBadBytes(content),
      );
  }

  function readFolder(folder: string, depth: number) {
    const names = readdirSync(join(root, folder)).sort();
    for (const name of names.filter(one => !isIgnored(one))) {
      if (count > limits.files) return;
      const path = folder ? `${folder}/${name}` : name;
      const stats = lstatSync(join(root, path));
      if (!isUsualName(name))
        refuse(
          path,
          'Its name is not usable everywhere',
          'Use letters, digits, "_", "-" and ".", at most 100 of them',
        );
      else if (stats.isFile()) readFile(path, stats);
      else if (!stats.isDirectory())
        refuse(
          path,
          `It is ${stats.isSymbolicLink() ? 'a link' : 'no plain file'}`,
          'Put the file itself there; a pack holds plain files and folders only',
        );
      else if (depth >= limits.depth)
        refuse(
          path,
          `It is more than ${limits.depth} folders deep`,
          'Put it further up',
        );
      else readFolder(path, depth + 1);
    }
  }

  if (!lstatSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    refuse(
      root,
      'There is no such folder',
      'Name the folder that holds pack.yaml',
    );
    return { files, problems };
  }
  readFolder('', 1);
  if (count > limits.files)
    refuse(
      'pack.yaml',
      `The pack has more than ${limits.files} files`,
      'Leave out what no archetype needs',
    );
  if (bytes > limits.bytes)
    refuse(
      largest.path,
      `It has ${largest.size} bytes, and all files of the pack together ${bytes}; at most ${limits.bytes} are allowed`,
      'Ship a smaller sample of the data, and let apps fetch the rest',
    );
  return { files, problems };
}
