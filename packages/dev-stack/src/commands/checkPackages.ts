import {
  CommandError,
  parseFlags,
  paths,
  type StackState,
} from '@bailiwick/backstage-cli';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runningStack, withPortal } from '../bench/withPortal';
import {
  backstageLine,
  type BackstageLine,
} from '../foreignPortal/backstageLines';
import { checkPortal } from '../foreignPortal/checkPortal';
import { packPackages, readTarballs } from '../publishing/packPackages';
import { serveTarballs } from '../publishing/serveTarballs';

interface Flags {
  out?: string;
  from?: string;
  serve?: string;
  portals?: boolean;
  legacy?: boolean;
  backstage?: string;
  'data-dir'?: string;
}

/** First port of Bailiwick and port of the portal during the check. */
const portBase = 17_407;
const portalPort = 17_417;

/**
 * `npm run check:packages`: builds, packs and checks everything that is published; serves it or installs it in
 * a new portal if requested.
 */
export async function checkPackages(args: string[]): Promise<number> {
  const { values } = parseFlags<Flags>('check-packages', args);
  const line = backstageLine(values.backstage);
  const kept = values.from ?? values.out;
  const folder = kept
    ? resolve(kept)
    : mkdtempSync(join(tmpdir(), 'bailiwick-packages-'));
  try {
    if (!values.from && (await packPackages(folder)) > 0) return 1;
    if (values.portals) await installInPortal(tarballsIn(folder), line, values);
    if (values.serve) await serve(tarballsIn(folder), Number(values.serve));
    return 0;
  } finally {
    if (!kept) rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws CommandError for a folder without packages */
function tarballsIn(folder: string): Uint8Array[] {
  const tarballs = readTarballs(folder);
  if (tarballs.length > 0) return tarballs;
  throw new CommandError(
    `${folder} contains no packages.`,
    'Build them with: npm run check:packages -- --out FOLDER',
  );
}

/**
 * Installs packages in a new portal, and prints the effort as JSON.
 *
 * @param flags - `data-dir`: of a running Bailiwick; by default, one is started and removed again
 */
async function installInPortal(
  tarballs: readonly Uint8Array[],
  line: BackstageLine,
  { 'data-dir': dataDir, legacy = false }: Flags,
): Promise<void> {
  const install = ({ addresses, kubeconfig }: StackState, folder: string) =>
    checkPortal({
      tarballs,
      cluster: {
        admin: kubeconfig,
        portal: join(
          paths({ dataDir: folder, portBase }).kubeconfigs,
          'portal',
        ),
        gateway: addresses.gateway,
      },
      line,
      isLegacy: legacy,
      port: portalPort,
      say: text => process.stderr.write(`${text}\n`),
    });
  const effort = dataDir
    ? await install(runningStack(dataDir), resolve(dataDir))
    : await withPortal({ portBase }, install);
  process.stdout.write(`${JSON.stringify(effort)}\n`);
}

/** Serves packages until the process gets a signal to end. */
async function serve(
  tarballs: readonly Uint8Array[],
  port: number,
): Promise<void> {
  const registry = await serveTarballs(tarballs, port);
  process.stdout.write(
    `Serving ${tarballs.length} packages at ${registry.url} until Ctrl-C\n`,
  );
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await registry.close();
}
