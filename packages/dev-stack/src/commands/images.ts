import {
  CommandError,
  parseFlags,
  repositoryRoot,
} from '@bailiwick/backstage-cli';
import {
  saveBuildContext,
  saveImage,
} from '@bailiwick/backstage-local-cluster';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import {
  programImage,
  programImages,
  withSpec,
  type ProgramImage,
} from '../images/programImages';

interface Flags {
  dockerfiles?: boolean;
  list?: boolean;
  out?: string;
}

interface SavedImage {
  /** Name and tag inside the archive; the tag is a hash of the content. */
  ref: string;
  /** Size without compression. */
  mebibytes: number;
}

/**
 * `npm run images`: builds the images of an installation, and writes each into a file for `skopeo copy` or `docker
 * load`. Prints names and sizes as JSON. With `--list`, prints the names under which the chart looks for them instead;
 * with `--dockerfiles`, writes folders for `docker build`.
 */
export async function images(args: string[]): Promise<number> {
  const { positionals, values } = parseFlags<Flags>('images', args);
  const wanted =
    positionals.length > 0 ? positionals.map(programImage) : programImages;
  if (values.list) {
    const tag = chartVersion();
    for (const { name } of wanted)
      process.stdout.write(`bailiwick/${name}:${tag}\n`);
    return 0;
  }
  if (!values.out)
    throw new CommandError(
      'The folder for the images is missing.',
      'Run: npm run images -- --out FOLDER',
    );
  const folder = resolve(values.out);
  mkdirSync(folder, { recursive: true });
  if (values.dockerfiles) {
    for (const image of wanted) {
      const target = join(folder, image.name);
      await withSpec(image, spec => saveBuildContext(spec, target));
      process.stderr.write(`✔ ${target}\n`);
    }
    return 0;
  }
  const saved: Record<string, SavedImage> = {};
  for (const image of wanted) {
    saved[image.name] = await save(image, folder);
    const { ref, mebibytes } = saved[image.name];
    process.stderr.write(`✔ ${ref} (${mebibytes} MiB)\n`);
  }
  process.stdout.write(`${JSON.stringify(saved)}\n`);
  return 0;
}

/** Returns the version of the programs that the chart installs. */
function chartVersion(): string {
  const file = join(repositoryRoot, 'charts/bailiwick/Chart.yaml');
  return parse(readFileSync(file, 'utf8')).appVersion;
}

/** @throws CommandError if the image is larger than its limit */
async function save(image: ProgramImage, folder: string): Promise<SavedImage> {
  const { maxMiB, name } = image;
  const target = join(folder, `${name}.tar`);
  const report = (detail: string) => process.stderr.write(`  … ${detail}\n`);
  const { ref } = await withSpec(image, specFile =>
    saveImage({ specFile, target, report }),
  );
  const mebibytes = Math.ceil(statSync(target).size / 2 ** 20);
  if (mebibytes > maxMiB)
    throw new CommandError(
      `The image ${name} has ${mebibytes} MiB; its limit is ${maxMiB} MiB.`,
      'Remove what it does not need, or raise the limit in packages/dev-stack/src/images/programImages.ts.',
    );
  return { ref, mebibytes };
}
