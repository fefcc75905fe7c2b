/** @jest-environment node */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../../..');

describe('a backend that fails to start', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'backend-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('ends with the reason', () => {
    const directory = join(folder, 'portal');
    mkdirSync(directory);
    writeFileSync(join(directory, 'catalog.sqlite'), 'damaged'.repeat(1000));
    const config = join(folder, 'app-config.yaml');
    const listen = { host: '127.0.0.1', port: 0 };
    const database = { client: 'better-sqlite3', connection: { directory } };
    writeFileSync(
      config,
      // JSON is YAML.
      JSON.stringify({
        app: { baseUrl: 'http://localhost:1' },
        backend: { baseUrl: 'http://localhost:1', listen, database },
      }),
    );
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        ...['--import', join(root, 'scripts/typescript.mjs')],
        ...[join(root, 'packages/backend/src/index.ts'), '--config', config],
      ],
      {
        cwd: root,
        encoding: 'utf8',
        timeout: 110_000,
        env: { ...process.env, NODE_ENV: 'production' },
      },
    );
    expect(stderr).toMatch(
      /Plugin 'catalog' startup failed; caused by .*file is not a database/,
    );
    expect(status).toBe(78);
  }, 120_000);
});
