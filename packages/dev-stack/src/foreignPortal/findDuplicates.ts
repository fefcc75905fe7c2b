import { readFileSync } from 'node:fs';

const resolution = /^ {2}resolution: "(@backstage\/[^@]+)@npm:([^"]+)"$/gm;

/** Returns the Backstage packages of which a lock file of Yarn has several versions, with these. */
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
