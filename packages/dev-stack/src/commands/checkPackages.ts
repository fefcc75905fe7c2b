import { CommandError, parseFlags } from '@bailiwick/backstage-cli';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { packPackages, readTarballs } from '../publishing/packPackages';
import { serveTarballs } from '../publishing/serveTarballs';

interface Flags {
  out?: string;
  from?: string;
  serve?: string;
}

/** `npm run check:packages`: builds, packs and checks everything that is published; serves it if requested. */
export async function checkPackages(args: string[]): Promise<number> {
  const { values } = parseFlags<Flags>('check-packages', args);
  const kept = values.from ?? values.out;
  const folder = kept
    ? resolve(kept)
    : mkdtempSync(join(tmpdir(), 'bailiwick-packages-'));
  try {
    if (!values.from && (await packPackages(folder)) > 0) return 1;
    if (values.serve) await serve(folder, Number(values.serve));
    return 0;
  } finally {
    if (!kept) rmSync(folder, { recursive: true, force: true });
  }
}

/** Serves the packages in a folder until the process gets a signal to end. */
async function serve(folder: string, port: number): Promise<void> {
  const tarballs = readTarballs(folder);
  if (tarballs.length === 0)
    throw new CommandError(
      `${folder} contains no packages.`,
      'Build them with: npm run check:packages -- --out FOLDER',
    );
  const registry = await serveTarballs(tarballs, port);
  process.stdout.write(
    `Serving ${tarballs.length} packages at ${registry.url} until Ctrl-C\n`,
  );
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await registry.close();
}
