import { CommandError, repositoryRoot } from '@bailiwick/backstage-cli';
import { compilePack } from '@bailiwick/backstage-domain-pack/authoring';
import { withLock } from '@bailiwick/backstage-local-cluster';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemblePortal } from './assemblePortal';
import { packFolders } from '../packs/packFolders';
import { bundleProgram } from '../process/bundleProgram';

/** An image of the chart. */
export interface ProgramImage {
  name: string;
  /** Path of its spec, relative to the repository. */
  spec: string;
  /** Maximum size in MiB, unpacked. */
  maxMiB: number;
  /** Writes the files that the spec copies and that are not in the repository. */
  prepare?: (signal?: AbortSignal) => Promise<void>;
}

const bundles = (program: string) => async () => {
  await bundleProgram(program);
};

/** All images that an installation needs. */
export const programImages: readonly ProgramImage[] = [
  {
    name: 'operator',
    spec: 'packages/operator/image.json',
    maxMiB: 120,
    prepare: bundles('packages/operator/src/main.ts'),
  },
  {
    name: 'gateway',
    spec: 'packages/gateway/image.json',
    // The library of DuckDB takes 68 MiB.
    maxMiB: 190,
    prepare: bundles('packages/gateway/src/main.ts'),
  },
  {
    name: 'portal',
    spec: 'packages/backend/image.json',
    maxMiB: 400,
    prepare: async (signal = new AbortController().signal) => {
      const folder = join(repositoryRoot, 'packages/backend/dist');
      rmSync(join(folder, 'image'), { recursive: true, force: true });
      await assemblePortal(join(folder, 'image'), {
        log: join(folder, 'frontend.log'),
        signal,
      });
    },
  },
  {
    name: 'setup',
    spec: 'packages/cli/image.json',
    // The program restic takes 24 MiB.
    maxMiB: 150,
    prepare: async () => {
      await bundleProgram('packages/cli/src/setup.ts');
      writeCompiledPacks(join(repositoryRoot, 'packages/cli/dist/packs'));
    },
  },
  {
    name: 'demo-identity',
    spec: 'packages/demo-identity/image.json',
    maxMiB: 120,
    prepare: bundles('packages/demo-identity/src/main.ts'),
  },
  {
    name: 'python',
    spec: 'packages/function-runtime/image.json',
    maxMiB: 450,
  },
  {
    name: 'builder',
    spec: 'packages/function-runtime/builder/image.json',
    maxMiB: 300,
  },
];

/**
 * Writes the files of an image, and does something with its spec. Other processes wait meanwhile, because the files have
 * fixed places in the repository.
 *
 * @param work - builds the image from the spec
 */
export async function withSpec<T>(
  { prepare, spec }: ProgramImage,
  work: (specFile: string) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const file = join(repositoryRoot, spec);
  const lock = join(repositoryRoot, 'node_modules/.bailiwick-images.lock');
  return withLock(
    lock,
    async () => {
      await prepare?.(signal);
      return work(file);
    },
    { signal },
  );
}

/** @throws CommandError with the known names */
export function programImage(name: string): ProgramImage {
  const found = programImages.find(one => one.name === name);
  if (found) return found;
  throw new CommandError(
    `There is no image "${name}".`,
    `Choose from: ${programImages.map(one => one.name).join(', ')}.`,
  );
}

/** Compiles the packs of the repository into a folder, each as `<name>.json`. */
function writeCompiledPacks(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const pack of packFolders().map(compilePack))
    writeFileSync(
      join(folder, `${pack.metadata.name}.json`),
      JSON.stringify(pack),
    );
}
