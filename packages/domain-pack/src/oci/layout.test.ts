import { digestOf } from '../folder/digestOf';
import { createHash, generateKeyPairSync } from 'node:crypto';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goodPack } from '../__fixtures__/goodPack';
import { writePack } from '../__fixtures__/writePack';
import { compilePack } from '../lint/compilePack';
import { PackError } from '../problem/Problem';
import { buildLayout } from './buildLayout';
import { FullFolderError } from './FullFolderError';
import { readLayout } from './readLayout';

function keyPair(name: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    privateKey: {
      file: `${name}.key`,
      pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
    publicKey: {
      file: `${name}.pub`,
      pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    },
  };
}

const ours = keyPair('ours');
const theirs = keyPair('theirs');

describe('an OCI layout of a pack', () => {
  const folders: string[] = [];
  const newFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), 'layout-'));
    folders.push(folder);
    return folder;
  };
  const newPack = (files: Readonly<Record<string, string>> = goodPack) => {
    const folder = writePack(files);
    folders.push(folder);
    return folder;
  };
  afterAll(() =>
    folders.forEach(folder => rmSync(folder, { recursive: true })),
  );

  async function build(key?: typeof ours.privateKey, pack = newPack()) {
    const layout = newFolder();
    const { digest } = await buildLayout(pack, layout, key);
    const blobs = join(layout, 'blobs/sha256');
    const json = (path: string) =>
      JSON.parse(readFileSync(join(layout, path), 'utf8'));
    const blob = (of: string) => join(blobs, of.replace('sha256:', ''));
    const manifest = JSON.parse(readFileSync(blob(digest), 'utf8'));
    return { layout, digest, blobs, blob, json, manifest };
  }

  /** All files of a layout with their contents. */
  const contents = (layout: string) =>
    readdirSync(layout, { recursive: true, withFileTypes: true })
      .filter(one => one.isFile())
      .map(one => join(one.parentPath, one.name))
      .sort()
      .map(file => [
        file.slice(layout.length),
        readFileSync(file).toString('base64'),
      ]);

  async function refusal(reading: Promise<unknown>): Promise<string> {
    const error = await reading.then(
      () => undefined,
      reason => reason,
    );
    expect(error).toBeInstanceOf(PackError);
    for (const problem of (error as PackError).problems)
      expect(problem).toMatchObject({ remedy: expect.stringMatching(/./) });
    return (error as Error).message;
  }

  it('returns the pack as its folder compiles', async () => {
    const pack = newPack();
    const { digest, layout } = await build(undefined, pack);
    expect(await readLayout(layout)).toEqual({
      digest,
      pack: compilePack(pack),
    });
    expect((await readLayout(layout, { digest })).digest).toBe(digest);
  });

  it('follows OCI image-spec 1.1', async () => {
    const { blob, digest, json, layout, manifest } = await build(
      ours.privateKey,
    );
    expect(json('oci-layout')).toEqual({ imageLayoutVersion: '1.0.0' });
    const index = json('index.json');
    expect(index).toMatchObject({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [
        {
          mediaType: 'application/vnd.oci.image.manifest.v1+json',
          artifactType: 'application/vnd.bailiwick.pack.v1+json',
          digest,
          annotations: { 'org.opencontainers.image.ref.name': '1.0.0' },
        },
        { artifactType: 'application/vnd.bailiwick.pack.signature.v1+json' },
      ],
    });
    expect(manifest).toMatchObject({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      artifactType: 'application/vnd.bailiwick.pack.v1+json',
      layers: [expect.any(Object)],
    });
    const config = JSON.parse(
      readFileSync(blob(manifest.config.digest), 'utf8'),
    );
    expect(config).toMatchObject({ name: 'library', version: '1.0.0' });
    const signature = JSON.parse(
      readFileSync(blob(index.manifests[1].digest), 'utf8'),
    );
    expect(signature.subject).toMatchObject({ digest });
    // The digest of `{}` in the specification.
    expect(signature.config).toEqual({
      mediaType: 'application/vnd.oci.empty.v1+json',
      size: 2,
      digest:
        'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
    });
    const blobs = contents(layout).filter(([path]) => path.includes('blobs'));
    for (const [path, content] of blobs) {
      const hash = createHash('sha256').update(content, 'base64').digest('hex');
      expect(path).toBe(`/blobs/sha256/${hash}`);
    }
    expect(blobs).toHaveLength(6);
  });

  it('is the same for the same files, regardless of author and time', async () => {
    const reversed = newPack(
      Object.fromEntries(Object.entries(goodPack).reverse()),
    );
    const file = join(reversed, 'data/books.csv');
    chmodSync(file, 0o600);
    utimesSync(file, 1, 1);
    writeFileSync(join(reversed, '.hidden'), 'of the editor');
    const first = await build(ours.privateKey);
    const second = await build(ours.privateKey, reversed);
    expect(contents(second.layout)).toEqual(contents(first.layout));
    const changed = await build(
      undefined,
      newPack({ ...goodPack, 'README.md': 'Another.' }),
    );
    expect(changed.digest).not.toBe(first.digest);
  });

  it('accepts a signature of the key, and no other', async () => {
    const { digest, layout } = await build(ours.privateKey);
    const { publicKey } = ours;
    expect((await readLayout(layout, { publicKey })).digest).toBe(digest);
    expect(
      await refusal(readLayout(layout, { publicKey: theirs.publicKey })),
    ).toMatch(/The pack sha256:.* has no signature by the key theirs\.pub/);
  });

  it('rejects an unsigned pack if a key is given', async () => {
    const { layout } = await build();
    expect(
      await refusal(readLayout(layout, { publicKey: ours.publicKey })),
    ).toMatch(/has no signature/);
  });

  it('refuses the signature of another pack', async () => {
    const other = await build(
      ours.privateKey,
      newPack({ ...goodPack, 'README.md': 'Another.' }),
    );
    const { blobs, json, layout } = await build(theirs.privateKey);
    // Their manifest claims to be about this pack; the envelope is that of the other one.
    const [pack, theirSignature] = json('index.json').manifests;
    const envelope = JSON.parse(
      readFileSync(
        other.blob(other.json('index.json').manifests[1].digest),
        'utf8',
      ),
    ).layers[0];
    const add = (content: Buffer) => {
      const digest = digestOf(content);
      writeFileSync(join(blobs, digest.slice(7)), content);
      return { digest, size: content.length };
    };
    add(readFileSync(other.blob(envelope.digest)));
    const forged = JSON.parse(
      readFileSync(join(blobs, theirSignature.digest.slice(7)), 'utf8'),
    );
    forged.layers = [envelope];
    writeFileSync(
      join(layout, 'index.json'),
      JSON.stringify({
        schemaVersion: 2,
        manifests: [
          pack,
          { ...theirSignature, ...add(Buffer.from(JSON.stringify(forged))) },
        ],
      }),
    );
    await readLayout(layout);
    expect(
      await refusal(readLayout(layout, { publicKey: ours.publicKey })),
    ).toMatch(/The pack \S+ has no signature by the key/);
  });

  it.each([
    ['no key', 'text', /Not a private Ed25519 key/],
    ['a public key', ours.publicKey.pem, /Not a private Ed25519 key/],
    [
      'a key of another kind',
      generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
      /its type is ec/,
    ],
  ])('is not signed by %s', async (_name, pem, words) => {
    const layout = newFolder();
    const building = buildLayout(newPack(), layout, { file: 'a.key', pem });
    expect(await refusal(building)).toMatch(words);
    expect(readdirSync(layout)).toEqual([]);
  });

  it('is not verified by a private key', async () => {
    const { layout } = await build(ours.privateKey);
    const reading = readLayout(layout, { publicKey: ours.privateKey });
    expect(await refusal(reading)).toMatch(
      /ours\.key: The file holds a private key/,
    );
  });

  it('is not built from an invalid pack, nor over existing files', async () => {
    const { 'pack.yaml': _gone, ...wrong } = goodPack;
    const layout = newFolder();
    expect(await refusal(buildLayout(newPack(wrong), layout))).toMatch(
      /pack\.yaml: Not found/,
    );
    const { layout: full } = await build();
    const before = readdirSync(full);
    await expect(buildLayout(newPack(), full)).rejects.toThrow(
      new FullFolderError(full),
    );
    expect(readdirSync(full)).toEqual(before);
  });

  it.each(['manifest', 'config', 'layer', 'envelope', 'signature'])(
    'is rejected when its %s was changed',
    async part => {
      const { blob, digest, json, layout, manifest } = await build(
        ours.privateKey,
      );
      const signature = json('index.json').manifests[1].digest;
      const [envelope] = JSON.parse(
        readFileSync(blob(signature), 'utf8'),
      ).layers;
      const file = blob(
        {
          manifest: digest,
          config: manifest.config.digest,
          layer: manifest.layers[0].digest,
          envelope: envelope.digest,
          signature,
        }[part]!,
      );
      const content = readFileSync(file);
      content[Math.floor(content.length / 2)] ^= 1;
      writeFileSync(file, content);
      expect(await refusal(readLayout(layout))).toMatch(
        /blobs\/sha256\/[0-9a-f]{64}: The content does not match its digest/,
      );
    },
  );

  it.each<[string, (layout: string, digest: string) => void, RegExp]>([
    [
      'a blob is gone',
      (layout, digest) =>
        rmSync(join(layout, 'blobs', digest.replace(':', '/'))),
      /Not found/,
    ],
    [
      'a blob is a link',
      (layout, digest) => {
        const file = join(layout, 'blobs', digest.replace(':', '/'));
        rmSync(file);
        symlinkSync('/etc/passwd', file);
      },
      /not a regular file/i,
    ],
    [
      'a blob is huge',
      (layout, digest) =>
        writeFileSync(
          join(layout, 'blobs', digest.replace(':', '/')),
          Buffer.alloc(5_000_000),
        ),
      /5000000 bytes; the limit is/,
    ],
    [
      'the index is huge',
      layout =>
        writeFileSync(join(layout, 'index.json'), Buffer.alloc(300_000)),
      /300000 bytes; the limit is/,
    ],
    [
      'the index is no JSON',
      layout => writeFileSync(join(layout, 'index.json'), '{'),
      /index\.json: Invalid JSON/,
    ],
    [
      'a digest is a path',
      (layout, digest) => {
        const index = readFileSync(join(layout, 'index.json'), 'utf8');
        const path = 'sha256:../../../../etc/passwd';
        writeFileSync(join(layout, 'index.json'), index.replace(digest, path));
      },
      /manifests\.0\.digest is invalid/,
    ],
    [
      'the version is another',
      layout =>
        writeFileSync(
          join(layout, 'oci-layout'),
          '{"imageLayoutVersion":"2.0.0"}',
        ),
      /oci-layout: imageLayoutVersion/,
    ],
    [
      'there is no index',
      layout => rmSync(join(layout, 'index.json')),
      /index\.json: Not found/,
    ],
    [
      'it holds no pack',
      layout =>
        writeFileSync(
          join(layout, 'index.json'),
          '{"schemaVersion":2,"manifests":[]}',
        ),
      /lists 0 packs/,
    ],
  ])('is refused when %s', async (_name, change, words) => {
    const { digest, layout } = await build();
    change(layout, digest);
    expect(await refusal(readLayout(layout))).toMatch(words);
  });

  it('asks for a digest if there are several, and accepts no other', async () => {
    const { blobs, digest, json, layout } = await build();
    const other = await build(
      undefined,
      newPack({ ...goodPack, 'README.md': 'Another.' }),
    );
    for (const name of readdirSync(other.blobs))
      writeFileSync(join(blobs, name), readFileSync(join(other.blobs, name)));
    const manifests = [json, other.json].flatMap(
      read => read('index.json').manifests,
    );
    writeFileSync(
      join(layout, 'index.json'),
      JSON.stringify({ schemaVersion: 2, manifests }),
    );
    expect(await refusal(readLayout(layout))).toMatch(/lists 2 packs/);
    expect((await readLayout(layout, { digest })).digest).toBe(digest);
    const strange = `sha256:${'0'.repeat(64)}`;
    expect(await refusal(readLayout(layout, { digest: strange }))).toMatch(
      /does not list the pack sha256:0000/,
    );
  });
});
