import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ClusterError } from '../ClusterError';

/** The lowest layer of an image. */
export interface DebianBase {
  suite: string;
  packages: string[];
  /**
   * Only the files of the packages and their dependencies: no shell, no package manager, and nothing that their
   * installation scripts would write.
   */
  filesOnly?: boolean;
  /** Patterns of absolute paths that are removed from the files of the packages. */
  exclude?: string[];
}

/** Content of an image; paths are absolute once read. */
export interface ImageSpec {
  /** Repository part of the reference, as in `bailiwick/python`. */
  name: string;
  /** Absent for an image that contains only files, such as for an image volume. */
  debian?: DebianBase;
  /** Version of Node.js, which becomes `/usr/local/bin/node`. */
  node?: string;
  pip?: { requirements: string; python: string };
  copy: Array<{ from: string; to: string }>;
  env: Record<string, string>;
  user: number;
  workdir: string;
  entrypoint: string[];
}

/** Folder inside the image that Python packages are installed to. */
export const PIP_TARGET = '/opt/bailiwick/lib';

/** Path of Node.js inside the image. */
export const NODE = '/usr/local/bin/node';

/** A spec as it is written. */
interface WrittenSpec extends Partial<ImageSpec> {
  /** Path of a spec without paths, whose fields apply unless the spec has its own. */
  extends?: string;
}

/**
 * Reads an image spec; its paths are relative to its folder.
 *
 * @throws ClusterError with the missing or invalid part
 */
export function readImageSpec(file: string): ImageSpec {
  const here = (path: string) => resolve(dirname(file), path);
  const own = parseSpec(file);
  const read = { ...(own.extends && parseSpec(here(own.extends))), ...own };
  const hasContent = read.debian ? read.debian.suite : read.copy && !read.pip;
  if (!/^[a-z0-9]+([._/-][a-z0-9]+)*$/.test(read.name ?? '') || !hasContent) {
    throw new ClusterError(
      `The image spec ${file} needs a name like "bailiwick/python" and a debian.suite, or only files to copy.`,
      'packages/local-cluster/README.md shows a complete one.',
    );
  }
  return {
    name: read.name as string,
    debian: read.debian && {
      ...read.debian,
      packages: read.debian.packages ?? [],
    },
    node: read.node,
    pip: read.pip && { ...read.pip, requirements: here(read.pip.requirements) },
    copy: (read.copy ?? []).map(({ from, to }) => ({ from: here(from), to })),
    env: read.env ?? {},
    user: read.user ?? 1000,
    workdir: read.workdir ?? '/',
    entrypoint: read.entrypoint ?? [],
  };
}

/** @throws ClusterError when the file is missing, or no JSON */
function parseSpec(file: string): WrittenSpec {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ClusterError(
      `The image spec ${file} cannot be read: ${(error as Error).message}`,
      'Give the path of a JSON file with name, debian and entrypoint.',
    );
  }
}
