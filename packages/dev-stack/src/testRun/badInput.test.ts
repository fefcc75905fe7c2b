import { repositoryRoot } from '@bailiwick/backstage-cli';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const page = readFileSync(join(repositoryRoot, 'docs/bad-input.md'), 'utf8');
const named = [...page.matchAll(/`([\w./]+\.(?:py|tsx?))`: `([^`]+)`/g)].map(
  ([, file, words]): [string, string] => [file, words],
);
const files = execFileSync(
  'git',
  [
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    '*.py',
    '*.ts',
    '*.tsx',
  ],
  {
    cwd: repositoryRoot,
    encoding: 'utf8',
  },
).split('\n');

describe('docs/bad-input.md', () => {
  it('names a test in each row', () => {
    const rows = page.split('\n').filter(line => /^\| (?!case|-)/.test(line));
    expect(rows.length).toBeGreaterThan(30);
    expect(named).toHaveLength(rows.length);
  });

  it.each(named)('names a test of %s: %s', (file, words) => {
    const found = files.filter(path => `/${path}`.endsWith(`/${file}`));
    expect(found).toHaveLength(1);
    const text = readFileSync(join(repositoryRoot, found[0]), 'utf8');
    expect(text).toContain(words);
  });
});
