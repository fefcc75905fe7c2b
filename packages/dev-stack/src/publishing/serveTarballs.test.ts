/** @jest-environment node */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveTarballs, type TarballRegistry } from './serveTarballs';

const name = '@example/plugin-a';
const manifest = { name, version: '1.2.0', dependencies: { zod: '^4.0.0' } };

describe('serveTarballs', () => {
  let folder: string;
  let tarball: Uint8Array;
  let registry: TarballRegistry;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tarballs-'));
    mkdirSync(join(folder, 'package'));
    writeFileSync(
      join(folder, 'package/package.json'),
      JSON.stringify(manifest),
    );
    const args = ['-cz', '-C', folder, 'package'];
    tarball = new Uint8Array(execFileSync('tar', args));
    registry = await serveTarballs([tarball]);
  });
  afterAll(async () => {
    await registry?.close();
    rmSync(folder, { recursive: true });
  });

  it('serves the metadata and the tarball of a package', async () => {
    const answer = await fetch(`${registry.url}/@example%2fplugin-a`);
    const { versions, ...found } = await answer.json();
    expect(found).toEqual({ name, 'dist-tags': { latest: '1.2.0' } });
    expect(versions['1.2.0']).toMatchObject(manifest);

    const { dist } = versions['1.2.0'];
    const packed = await (await fetch(dist.tarball)).arrayBuffer();
    expect(Buffer.from(packed).equals(tarball)).toBe(true);
    const digest = createHash('sha512').update(tarball).digest('base64');
    expect(dist.integrity).toBe(`sha512-${digest}`);
  });

  it('has no other packages', async () => {
    const answer = await fetch(`${registry.url}/@example%2fplugin-b`);
    expect(answer.status).toBe(404);
  });
});
