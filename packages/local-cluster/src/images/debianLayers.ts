import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { machine } from '../binaries/versions';
import { ClusterError } from '../ClusterError';
import { cacheDir } from '../paths';
import { run, tryRun } from '../process/run';
import { withLock } from '../state/SupervisorLock';
import { ensureDebianPackages } from '../system/debian';
import { compilePython } from './compilePython';
import { packLayer } from './imageArchive';
import { NODE, PIP_TARGET, type DebianBase, type ImageSpec } from './ImageSpec';
import { unpackPackages } from './packageFiles';
import { NOT_COPIED, type SpecHashes } from './specHash';

type Report = (detail: string) => void;

/**
 * Creates the layers of an image on a Debian-like machine, once per content. An image without Debian has one layer.
 *
 * @returns paths of tar files, lowest layer first
 * @throws ClusterError when Debian packages or Python packages cannot be fetched
 */
export async function debianLayers(
  spec: ImageSpec,
  hashes: SpecHashes,
  report: Report,
): Promise<string[]> {
  const { debian } = spec;
  const copied = `copy-${hashes.image}`;
  if (!debian)
    return [
      await cachedLayer(copied, target =>
        packFolder(target, root => copyFiles(spec, root)),
      ),
    ];
  // Most of it is waiting for the network.
  const bootstrapped = cachedLayer(`base-${hashes.base}`, target =>
    bootstrap(debian, target, report),
  );
  const [base, node, pip] = await Promise.all([
    bootstrapped,
    spec.node && nodeLayer(spec.node, report),
    spec.pip &&
      cachedLayer(`pip-${hashes.pip}`, target =>
        packPython(target, bootstrapped, root =>
          installPip(spec, root, report),
        ),
      ),
  ]);
  const copy = await cachedLayer(copied, target =>
    packPython(target, base, root => copyFiles(spec, root)),
  );
  return [base, node, pip, copy].filter(layer => layer !== undefined);
}

/**
 * Returns the file of a layer in the cache; creates it if it is missing. Concurrent processes wait for one of them: the
 * base differs between runs, so a second one would break the digests of images that are being written.
 *
 * @param make - writes the layer to a path
 */
export async function cachedLayer(
  name: string,
  make: (target: string) => Promise<void>,
): Promise<string> {
  const file = join(cacheDir(), 'layers', `${name}.tar`);
  if (existsSync(file)) return file;
  return withLock(`${file}.lock`, async () => {
    if (existsSync(file)) return file;
    const unfinished = `${file}.${process.pid}.tar`;
    try {
      await make(unfinished);
      await rename(unfinished, file);
    } finally {
      await rm(unfinished, { force: true });
    }
    return file;
  });
}

async function bootstrap(
  debian: DebianBase,
  target: string,
  report: Report,
): Promise<void> {
  await ensureDebianPackages({ mmdebstrap: 'mmdebstrap' }, { report });
  report(`assembling Debian ${debian.suite}`);
  try {
    if (debian.filesOnly)
      await packFolder(target, root => unpackPackages(debian, root));
    else await installPackages(debian, target);
  } catch (error) {
    throw new ClusterError(
      `The base image cannot be assembled: ${(error as Error).message}`,
      'Check that this machine reaches its Debian mirror (apt-get update), or give --registry.',
    );
  }
}

async function installPackages(
  { packages, suite }: DebianBase,
  target: string,
): Promise<void> {
  const leaveOut = [
    '/usr/share/man/*',
    '/usr/share/doc/*',
    '/usr/share/locale/*',
  ];
  await run('mmdebstrap', [
    '--quiet',
    '--variant=minbase',
    ...packages.map(each => `--include=${each}`),
    ...leaveOut.map(each => `--dpkgopt=path-exclude=${each}`),
    suite,
    target,
  ]);
}

/** Creates the layer of Node.js, without its symbols. It comes from the npm registry, once per version. */
function nodeLayer(version: string, report: Report): Promise<string> {
  return cachedLayer(`node-${version}-${machine}`, async target => {
    await ensureDebianPackages({ binutils: 'strip' }, { report });
    report(`fetching Node.js ${version}`);
    const name = `node-linux-${machine === 'arm64' ? 'arm64' : 'x64'}`;
    await packFolder(target, async root => {
      const fetched = `${root}.npm`;
      try {
        await run('npm', [
          ...['install', '--prefix', fetched, '--no-audit', '--no-fund'],
          ...['--ignore-scripts', '--no-package-lock', `${name}@${version}`],
        ]);
        const program = join(root, NODE);
        await mkdir(dirname(program), { recursive: true });
        const original = join(fetched, 'node_modules', name, 'bin/node');
        await run('strip', ['--strip-all', '-o', program, original]);
      } catch (error) {
        throw new ClusterError(
          `Node.js ${version} cannot be fetched: ${(error as Error).message}`,
          'Check that the npm registry is reachable (npm ping), and that it has this version.',
        );
      } finally {
        await rm(fetched, { recursive: true, force: true });
      }
    });
  });
}

/** Fills a folder, compiles the Python packages in it, and packs it as a layer. */
async function packPython(
  target: string,
  base: string | Promise<string>,
  fill: (root: string) => Promise<void>,
): Promise<void> {
  await packFolder(target, async root => {
    await fill(root);
    if (existsSync(join(root, PIP_TARGET)))
      await compilePython(root, await base);
  });
}

/** Fills a folder, and packs it as a layer; the folder does not stay. */
async function packFolder(
  target: string,
  fill: (root: string) => Promise<void>,
): Promise<void> {
  const root = `${target}.root`;
  try {
    await mkdir(root, { recursive: true });
    await fill(root);
    await packLayer(root, target);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function installPip(
  { pip }: ImageSpec,
  root: string,
  report: Report,
): Promise<void> {
  if (!pip) return;
  await ensurePip(report);
  report('installing Python packages');
  const processor = machine === 'arm64' ? 'aarch64' : 'x86_64';
  const platforms = ['2014', '_2_24', '_2_28'].map(
    version => `manylinux${version}_${processor}`,
  );
  try {
    await run('python3', [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--no-compile',
      '--only-binary=:all:',
      '--implementation=cp',
      `--python-version=${pip.python}`,
      ...platforms.map(each => `--platform=${each}`),
      `--target=${join(root, PIP_TARGET)}`,
      `--requirement=${pip.requirements}`,
    ]);
  } catch (error) {
    throw new ClusterError(
      `Python packages for the image cannot be installed: ${
        (error as Error).message
      }`,
      `Check that pip reaches its index and that ${pip.requirements} has only packages with wheels.`,
    );
  }
}

async function ensurePip(report: Report): Promise<void> {
  if (await tryRun('python3', ['-m', 'pip', '--version'])) return;
  await ensureDebianPackages(
    { python3: 'python3', 'python3-pip': 'pip3' },
    { report },
  );
}

async function copyFiles(spec: ImageSpec, root: string): Promise<void> {
  for (const { from, to } of spec.copy) {
    const filter = (path: string) => !NOT_COPIED.includes(basename(path));
    await cp(from, join(root, to), { recursive: true, filter });
  }
}
