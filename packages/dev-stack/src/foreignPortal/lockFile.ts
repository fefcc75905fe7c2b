import { readFileSync, writeFileSync } from 'node:fs';

/** Key of an entry with the only descriptor that is the version itself. */
const exactKey = /^"(@backstage\/[^@]+)@npm:(\d[^\s,"]*)":$/gm;
const dependency = /^ {4}"(@backstage\/[^"]+)": "(npm:[^"]+)"$/gm;
const resolution = /^ {2}resolution: "(@backstage\/[^@]+)@npm:([^"]+)"$/gm;

/**
 * Replaces exact versions of Backstage packages in a lock file of Yarn by the ranges that other packages ask for, so that
 * these versions stay without `resolutions`.
 */
export function keepVersions(file: string): void {
  const text = readFileSync(file, 'utf8');
  const ranges = new Map<string, Set<string>>();
  for (const [, name, range] of text.matchAll(dependency))
    ranges.set(name, (ranges.get(name) ?? new Set()).add(range));
  writeFileSync(
    file,
    text.replace(exactKey, (_, name: string, version: string) => {
      const all = new Set([`npm:${version}`, ...(ranges.get(name) ?? [])]);
      return `"${[...all].map(range => `${name}@${range}`).join(', ')}":`;
    }),
  );
}

/** Returns the Backstage packages of which a lock file has several versions, with these. */
export function findDuplicates(file: string): string[] {
  const versions = new Map<string, string[]>();
  for (const [, name, version] of readFileSync(file, 'utf8').matchAll(
    resolution,
  ))
    versions.set(name, [...(versions.get(name) ?? []), version]);
  return [...versions]
    .filter(([, all]) => all.length > 1)
    .map(([name, all]) => `${name} ${all.join(' and ')}`);
}
