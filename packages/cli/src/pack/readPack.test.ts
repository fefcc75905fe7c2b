import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildLayout,
  compilePack,
} from '@bailiwick/backstage-domain-pack/authoring';
import { initPack } from './initPack';
import { readPack } from './readPack';

describe('readPack', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const privatePem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' });
  const key = { file: 'a.pub', pem: publicPem.toString() };
  let folder: string;
  let pack: string;
  let layout: string;
  let digest: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'read-'));
    pack = join(folder, 'plants');
    layout = join(folder, 'layout');
    initPack(pack);
    ({ digest } = await buildLayout(pack, layout, {
      file: 'a.key',
      pem: privatePem.toString(),
    }));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('compiles a folder', async () => {
    expect(await readPack(pack)).toEqual(compilePack(pack));
  });

  it('notes the digest of a layout', async () => {
    const { metadata, spec } = await readPack(layout);
    expect(spec).toEqual(compilePack(pack).spec);
    expect(metadata).toEqual({
      name: 'plants',
      annotations: { 'bailiwick.dev/pack-digest': digest },
    });
    expect(await readPack(`${layout}@${digest}`, key)).toEqual(
      await readPack(layout),
    );
  });

  it.each<[string, () => [string, typeof key?], RegExp]>([
    [
      'another digest',
      () => [`${layout}@sha256:${'0'.repeat(64)}`],
      /does not list the pack/,
    ],
    [
      'a digest that is too short',
      () => [`${layout}@sha256:00`],
      /not an OCI layout with a digest/,
    ],
    [
      'a digest of a folder',
      () => [`${pack}@${digest}`],
      /not an OCI layout with a digest/,
    ],
    ['a key for a folder', () => [pack, key], /no signature to verify/],
    ['nothing', () => [join(folder, 'gone')], /The folder does not exist/],
  ])('refuses %s', async (_name, given, words) => {
    await expect(readPack(...given())).rejects.toThrow(words);
  });
});
