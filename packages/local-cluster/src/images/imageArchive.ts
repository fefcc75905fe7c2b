import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { machine } from '../binaries/versions';
import { run } from '../process/run';

/** Options of `tar` for a file that depends on nothing but its content. */
const fixed = [
  '--sort=name',
  '--mtime=@0',
  '--owner=0',
  '--group=0',
  '--numeric-owner',
];

/** Default command and environment of containers of the image. */
interface ImageConfig {
  Env?: string[];
  Entrypoint?: string[];
  User?: string;
  WorkingDir?: string;
}

/**
 * Writes an image archive as `docker save` does, which Docker, containerd and kind all read.
 *
 * @param layers - uncompressed tar files, lowest first
 * @param target - path of the archive; it appears there complete or not at all
 */
export async function writeImageArchive(options: {
  reference: string;
  layers: readonly string[];
  config: ImageConfig;
  target: string;
}): Promise<void> {
  const { reference, layers, config, target } = options;
  const folder = `${target}.${randomUUID()}`;
  await mkdir(folder, { recursive: true });
  try {
    const sums = await Promise.all(layers.map(sha256));
    const image = JSON.stringify({
      architecture: machine,
      os: 'linux',
      // A fixed time: the same content always creates the same image.
      created: '1970-01-01T00:00:00Z',
      config,
      rootfs: { type: 'layers', diff_ids: sums.map(sum => `sha256:${sum}`) },
      history: sums.map(() => ({
        created: '1970-01-01T00:00:00Z',
        created_by: 'bailiwick',
      })),
    });
    const configName = `${createHash('sha256')
      .update(image)
      .digest('hex')}.json`;
    await writeFile(join(folder, configName), image);
    const manifest = [
      {
        Config: configName,
        RepoTags: [reference],
        Layers: layers.map(each => basename(each)),
      },
    ];
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
    const members = layers.flatMap(each => [
      '-C',
      dirname(each),
      basename(each),
    ]);
    const archive = join(folder, 'image.tar');
    await run('tar', [
      ...fixed,
      '-cf',
      archive,
      '-C',
      folder,
      'manifest.json',
      configName,
      ...members,
    ]);
    await rename(archive, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Packs a folder as a layer that depends on nothing but its content.
 *
 * @param target - path of the tar file to write
 */
export async function packLayer(folder: string, target: string): Promise<void> {
  await run('tar', [...fixed, '-cf', target, '-C', folder, '.']);
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
