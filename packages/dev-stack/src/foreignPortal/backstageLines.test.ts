import { repositoryRoot } from '@bailiwick/backstage-cli';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { satisfies } from 'semver';
import { backstageLine } from './backstageLines';

/** The packages that people add to a portal; their dependencies on other packages of Bailiwick follow. */
const installed = [
  '@bailiwick/backstage-plugin-bailiwick',
  '@bailiwick/backstage-backend-features',
  '@bailiwick/backstage-plugin-permission-backend-module-bailiwick',
];

/** Dependencies of each package of this repository. */
const dependencies = new Map<string, Record<string, string>>(
  globSync('{packages,plugins}/*/package.json', { cwd: repositoryRoot })
    .map(path => join(repositoryRoot, path))
    .map(path => JSON.parse(readFileSync(path, 'utf8')))
    .map(({ dependencies: own, name, peerDependencies }) => [
      name,
      { ...own, ...peerDependencies },
    ]),
);

function withOwnDependencies(names: string[]): Set<string> {
  const found = new Set(names);
  for (const name of found)
    for (const other of Object.keys(dependencies.get(name)!))
      if (dependencies.has(other)) found.add(other);
  return found;
}

describe('backstageLine', () => {
  it('has versions that every package for portals accepts', () => {
    const { versions = {} } = backstageLine('1.54');
    const refused = [...withOwnDependencies(installed)].flatMap(name =>
      Object.entries(dependencies.get(name)!)
        .filter(([other]) => other.startsWith('@backstage/'))
        .filter(([other, range]) => !satisfies(versions[other] ?? '', range))
        .map(([other, range]) => `${name}: ${other} ${range}`),
    );
    expect(refused).toEqual([]);
  });

  it('names the supported releases if another one is requested', () => {
    expect(() => backstageLine('1.20')).toThrow(
      expect.objectContaining({
        remedy: 'Choose one of these releases: 1.55, 1.54',
      }),
    );
  });
});
