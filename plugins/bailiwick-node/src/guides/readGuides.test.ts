import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { guideSections } from './guideSections';
import { readGuides } from './readGuides';

const folder = join(__dirname, '../../../../docs');

/** For people who compare portals, work on Bailiwick or review its code; the portal does not serve them. */
const forDevelopers = [
  'architecture.md',
  'bad-input.md',
  'comparison.md',
  'measurements.md',
  'portal-security.md',
];

describe('readGuides', () => {
  const guides = readGuides(folder);

  it('reads each listed file', () => {
    const listed = guideSections.flatMap(({ paths }) => paths);
    expect(guides.map(({ path }) => path)).toEqual(listed);
    for (const { parts, summary, title } of guides)
      expect([title, summary, parts.length > 1]).toEqual([
        expect.stringMatching(/^[A-Z]/),
        expect.stringMatching(/\.$/),
        true,
      ]);
  });

  it('lists each guide of the repository', () => {
    const files = ['', 'guide', 'install'].flatMap(below =>
      readdirSync(join(folder, below))
        .filter(name => name.endsWith('.md'))
        .map(name => posix.join(below, name)),
    );
    expect(guides.map(({ path }) => path).sort()).toEqual(
      files.filter(path => !forDevelopers.includes(path)).sort(),
    );
  });

  it('has no pictures', () => {
    const markdown = guides.flatMap(({ parts }) =>
      parts.map(part => part.markdown),
    );
    expect(markdown.filter(text => /!\[|<img/.test(text))).toEqual([]);
  });

  it('gives each guide and each part an address of its own', () => {
    const addresses = guides.flatMap(({ name, parts }) =>
      parts.map(({ anchor }) => `${name}#${anchor}`),
    );
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it('has the anchors that other guides link to', () => {
    const anchors = new Set(
      guides.flatMap(({ parts, path }) =>
        parts.map(({ anchor }) => `${path}#${anchor}`),
      ),
    );
    const links = guides.flatMap(({ parts, path }) =>
      parts
        .flatMap(({ markdown }) => [
          ...markdown.matchAll(/\]\(([^):\s]*)#([^)\s]+)\)/g),
        ])
        .map(([, file, anchor]) => {
          const target = file ? posix.join(posix.dirname(path), file) : path;
          return `${target}#${anchor}`;
        }),
    );
    const served = links.filter(link =>
      guides.some(({ path }) => link.startsWith(`${path}#`)),
    );
    expect(served.length).toBeGreaterThan(10);
    expect(served.filter(link => !anchors.has(link))).toEqual([]);
  });

  it('reads nothing without a folder, and names a folder that does not exist', () => {
    expect(readGuides(undefined)).toEqual([]);
    expect(() => readGuides('/nowhere')).toThrow(
      '/nowhere, does not exist. Set bailiwick.docs.path',
    );
  });
});
