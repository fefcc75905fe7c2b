import { globSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../process/run';
import type { DebianBase } from './ImageSpec';

/** What describes the system that downloaded the packages. */
const NOT_OF_PACKAGES = [
  '/dev/*',
  '/etc/{apt,dpkg,fstab,hostname,resolv.conf}',
  '/usr/share/{doc,lintian,locale,man}',
  '/var/{cache,log}/*',
  '/var/lib/apt',
  '/var/lib/dpkg/{alternatives,available,info,lock*,parts,status,triggers,updates}',
];

/** Records the packages where scanners look for those of an image without dpkg. */
const RECORD_PACKAGES = `
mkdir -p "$1/var/lib/dpkg/status.d"
for each in "$1"/var/cache/apt/archives/*.deb; do
  dpkg-deb --field "$each" > "$1/var/lib/dpkg/status.d/$(dpkg-deb --field "$each" Package)"
done`;

/** Users that programs find by their id. */
const USERS = ['root:x:0:0:root:/root:', 'nonroot:x:65532:65532:nonroot:/tmp:'];

/**
 * Fills a folder with the files of packages and their dependencies, without running anything of them. The same versions
 * of packages always give the same files.
 */
export async function unpackPackages(
  { exclude = [], packages, suite }: DebianBase,
  root: string,
): Promise<void> {
  await rm(root, { recursive: true });
  await run('mmdebstrap', [
    ...['--quiet', '--variant=extract', '--format=directory'],
    ...packages.map(each => `--include=${each}`),
    `--extract-hook=${RECORD_PACKAGES}`,
    ...[suite, root],
  ]);
  const unwanted = [...NOT_OF_PACKAGES, ...exclude].flatMap(pattern =>
    globSync(pattern.replace(/^\//, ''), { cwd: root }),
  );
  await Promise.all(
    unwanted.map(path =>
      rm(join(root, path), { recursive: true, force: true }),
    ),
  );
  await mkdir(join(root, 'etc'), { recursive: true });
  await writeFile(join(root, 'etc/passwd'), `${USERS.join('\n')}\n`);
  await mkdir(join(root, 'tmp'), { recursive: true });
  await chmod(join(root, 'tmp'), 0o1777);
}
