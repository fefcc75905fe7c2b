import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cacheDir } from '../paths';
import { writeImageArchive, packLayer } from './imageArchive';

/** An image and the archive that holds it. */
export interface ArchivedImage {
  reference: string;
  archive: string;
}

/**
 * Creates an image of one statically linked program.
 *
 * @param program - path of the program, in a folder whose name changes with its content
 */
export async function programImage(program: string): Promise<ArchivedImage> {
  const name = basename(program);
  const version = basename(dirname(program));
  const reference = `localhost/bailiwick/${name}:${version}`;
  const archive = join(cacheDir(), 'images', `${name}-${version}.tar`);
  if (existsSync(archive)) return { reference, archive };
  const own = `${archive}.${randomUUID()}`;
  const folder = `${own}.root`;
  const layer = `${own}.layer.tar`;
  await mkdir(folder, { recursive: true });
  try {
    await copyFile(program, join(folder, name));
    await chmod(join(folder, name), 0o755);
    await packLayer(folder, layer);
    const config = {
      Entrypoint: [`/${name}`],
      User: '65532:65532',
      WorkingDir: '/',
    };
    await writeImageArchive({
      reference,
      layers: [layer],
      config,
      target: archive,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(layer, { force: true });
  }
  return { reference, archive };
}
