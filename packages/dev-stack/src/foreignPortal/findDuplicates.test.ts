import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDuplicates } from './findDuplicates';

const locked = `__metadata:
  version: 8

"@backstage/config@npm:^1.3.0":
  version: 1.3.8
  resolution: "@backstage/config@npm:1.3.8"
  dependencies:
    "@backstage/types": "npm:^1.2.2"
  languageName: node

"@backstage/types@npm:^1.2.2":
  version: 1.2.2
  resolution: "@backstage/types@npm:1.2.2"
  languageName: node

"app@workspace:packages/app":
  version: 0.0.0-use.local
  resolution: "app@workspace:packages/app"
  dependencies:
    "@backstage/config": "npm:^1.3.0"
    react: "npm:^18.0.2"
`;

describe('findDuplicates', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lock-file-'));
  const file = join(folder, 'yarn.lock');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('finds packages with several versions', () => {
    writeFileSync(file, locked);
    expect(findDuplicates(file)).toEqual([]);
    const another = locked
      .replaceAll('1.2.2', '1.2.1')
      .slice(locked.indexOf('"'));
    writeFileSync(file, locked + another);
    expect(findDuplicates(file)).toEqual([
      '@backstage/config 1.3.8 and 1.3.8',
      '@backstage/types 1.2.2 and 1.2.1',
    ]);
  });
});
