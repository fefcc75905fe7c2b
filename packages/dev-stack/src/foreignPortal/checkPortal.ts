import { CommandError } from '@bailiwick/backstage-cli';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { answers } from '../process/ManagedProcess';
import { hasExited } from '../process/hasExited';
import { serveTarballs } from '../publishing/serveTarballs';
import { timed } from '../bench/timed';
import type { BackstageLine } from './backstageLines';
import { createPortal, type ForeignPortal } from './createPortal';
import { installFromGuide, type InstallationEffort } from './installFromGuide';
import { createOrdinaryComponent } from './ordinaryComponent';
import { visitPortal } from './visitPortal';

/** Backstage keeps the process of a backend whose plugins failed to start. */
const startSeconds = 300;

/** A running Bailiwick, without regard to its own portal. */
export interface BailiwickCluster {
  /** Kubeconfig of an administrator. */
  admin: string;
  /** Kubeconfig of the portal's identity. */
  portal: string;
  /** Address of the gateway. */
  gateway: string;
}

/**
 * Installs Bailiwick's packages in a new portal outside this repository, as the guide describes it, and uses the portal
 * in a browser.
 *
 * @param options - `line`: release of Backstage; `isLegacy`: whether the portal uses the legacy frontend system; `port`:
 * for the portal; `say`: reports progress
 * @throws CommandError, Error if something fails; the folder of the portal is kept then
 */
export async function checkPortal(options: {
  tarballs: readonly Uint8Array[];
  cluster: BailiwickCluster;
  line: BackstageLine;
  isLegacy: boolean;
  port: number;
  say(text: string): void;
}): Promise<InstallationEffort & { portalBuildSeconds: number }> {
  const { cluster, line, isLegacy, port, say } = options;
  const root = mkdtempSync(join(tmpdir(), 'foreign-portal-'));
  const url = `http://localhost:${port}`;
  say(`Creating a portal in ${root}`);
  const settings = {
    app: { baseUrl: url },
    backend: { baseUrl: url, listen: { host: '127.0.0.1', port } },
    auth: { providers: { guest: guestOf('guests') } },
    kubernetes: await createOrdinaryComponent(cluster.admin),
  };
  const portal = await createPortal(root, { line, isLegacy, settings });
  say('Installing Bailiwick');
  const registry = await serveTarballs(options.tarballs);
  let effort: InstallationEffort;
  try {
    effort = await installFromGuide(portal, registry.url);
  } finally {
    await registry.close();
  }
  say('Building the portal');
  const [, portalBuildSeconds] = await timed(() =>
    portal.run('yarn tsc && yarn build:all'),
  );
  say('Starting the portal');
  const backend = startBackend(portal, {
    BAILIWICK_KUBECONFIG: cluster.portal,
    BAILIWICK_GIT_DIRECTORY: join(root, 'repositories'),
    BAILIWICK_GATEWAY_URL: cluster.gateway,
  });
  try {
    await waitUntilReady(url, backend, portal.log);
    await visitPortal(url, name => say(`✔ ${name}`));
  } finally {
    await stop(backend);
  }
  rmSync(root, { recursive: true, force: true });
  return { ...effort, portalBuildSeconds };
}

/** @throws CommandError if the portal ends, or is not ready within {@link startSeconds} */
async function waitUntilReady(
  url: string,
  backend: ChildProcess,
  log: string,
): Promise<void> {
  for (let second = 0; second < startSeconds; second += 1) {
    if (await answers(`${url}/.backstage/health/v1/readiness`)) return;
    if (hasExited(backend)) break;
    await pause(1_000);
  }
  throw new CommandError('The portal did not start.', `See the end of ${log}.`);
}

/** A guest who is a member of a group, like the people of a portal with an identity provider. */
function guestOf(group: string): object {
  const user = 'user:default/guest';
  return {
    userEntityRef: user,
    ownershipEntityRefs: [user, `group:default/${group}`],
  };
}

/** Starts the backend, which serves the built frontend, with the command of the guide. */
function startBackend(
  { folder, env, log }: ForeignPortal,
  settings: Record<string, string>,
): ChildProcess {
  const output = openSync(log, 'a');
  const child = spawn('yarn', ['start', 'backend'], {
    cwd: folder,
    env: { ...process.env, ...env, ...settings },
    stdio: ['ignore', output, output],
    // Yarn passes no signals on.
    detached: true,
  });
  closeSync(output);
  const end = () => process.kill(-child.pid!, 'SIGTERM');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, end);
    child.once('exit', () => process.off(signal, end));
  }
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  if (hasExited(child)) return;
  const exited = once(child, 'exit');
  process.kill(-child.pid!, 'SIGTERM');
  await exited;
}
