import {
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  type Stats,
} from 'node:fs';
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
        'Not UTF-8 text',
        'Save the file as UTF-8 or remove it; a pack contains only text',
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
          'The file name is not portable',
          'Use letters, digits, "_", "-" and ".", at most 100 of them',
        );
      else if (stats.isFile()) readFile(path, stats);
      else if (!stats.isDirectory())
        refuse(
          path,
          `${
            stats.isSymbolicLink() ? 'A symbolic link' : 'Not a regular file'
          }`,
          'Replace it by the file itself; a pack contains only regular files and folders',
        );
      else if (depth >= limits.depth)
        refuse(
          path,
          `Nested more than ${limits.depth} folders deep`,
          'Move it up',
        );
      else readFolder(path, depth + 1);
    }
  }

  if (!lstatSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    refuse(
      root,
      'The folder does not exist',
      'Give the folder that contains pack.yaml',
    );
    return { files, problems };
  }
  readFolder('', 1);
  if (count > limits.files)
    refuse(
      'pack.yaml',
      `The pack has more than ${limits.files} files`,
      'Remove files that no archetype needs',
    );
  if (bytes > limits.bytes) {
    const room = limits.bytes - (bytes - largest.size);
    refuse(
      largest.path,
      `The file has ${largest.size} bytes and the whole pack ${bytes}; the limit is ${limits.bytes}`,
      room > 0
        ? 'Include a smaller sample of the data, at most the lines before this one, and let apps fetch the rest'
        : 'Include a smaller sample of the data and let apps fetch the rest',
      room > 0 ? lineAt(join(root, largest.path), room) : undefined,
    );
  }
  return { files, problems };
}

/** Returns the line of a file, from 1, that contains a byte; at most the bytes before it are read. */
function lineAt(file: string, offset: number): number {
  const before = Buffer.alloc(offset);
  const opened = openSync(file, 'r');
  try {
    const length = readSync(opened, before, 0, offset, 0);
    let line = 1;
    for (
      let at = before.indexOf(0x0a);
      at >= 0 && at < length;
      at = before.indexOf(0x0a, at + 1)
    )
      line += 1;
    return line;
  } finally {
    closeSync(opened);
  }
}
