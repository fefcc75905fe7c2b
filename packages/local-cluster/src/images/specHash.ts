import { createHash, type Hash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { arch } from 'node:process';
import type { ImageSpec } from './ImageSpec';

/** Increased when layers of an unchanged spec are created differently. */
const FORMAT = 2;

/** Leftovers of running the sources; they are not part of an image. */
export const NOT_COPIED = [
  '__pycache__',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
];

/** Hashes of an image and its layers: equal for equal content, wherever it lies. */
export interface SpecHashes {
  base: string;
  pip: string;
  image: string;
}

/** Returns the hash of all inputs of an image. */
export function hashSpec(spec: ImageSpec): SpecHashes {
  const base = short(hash =>
    hash.update(JSON.stringify([FORMAT, arch, spec.debian])),
  );
  const pip = short(hash => {
    if (spec.pip)
      // The base has the interpreter that compiles the packages.
      hash
        .update(base)
        .update(spec.pip.python)
        .update(readFileSync(spec.pip.requirements));
  });
  const image = short(hash => {
    const { env, node, user, workdir, entrypoint } = spec;
    hash.update(
      JSON.stringify([base, pip, env, user, workdir, entrypoint, node]),
    );
    for (const { from, to } of spec.copy) {
      hash.update(to);
      addPath(hash, from);
    }
  });
  return { base, pip, image };
}

function short(fill: (hash: Hash) => void): string {
  const hash = createHash('sha256');
  fill(hash);
  return hash.digest('hex').slice(0, 12);
}

function addPath(hash: Hash, path: string): void {
  if (!statSync(path).isDirectory()) {
    hash.update('\0file\0').update(readFileSync(path));
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (NOT_COPIED.includes(name)) continue;
    hash.update(`\0${name}\0`);
    addPath(hash, join(path, name));
  }
}
