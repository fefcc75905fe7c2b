import { spawnSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { homedir, platform } from 'node:os';

const freeGiBWanted = 12;

interface Check {
  name: string;
  ok: boolean;
  found: string;
  remedy: string;
}

function version(program: string, ...args: string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, {
    encoding: 'utf8',
    timeout: 5_000,
  });
  return status === 0 ? stdout.trim().split('\n')[0] : undefined;
}

/** Debian packages that a local cluster needs; program names by package. */
const debianPackages = { nftables: 'nft', mmdebstrap: 'mmdebstrap' };

function packages(): Check {
  const missing = Object.entries(debianPackages)
    .filter(([, program]) => !version(program, '--version'))
    .map(([name]) => name)
    .join(' ');
  const canInstall = Boolean(version('apt-get', '--version'));
  return {
    name: 'packages',
    ok: !missing || canInstall,
    found: missing
      ? `${missing} missing${canInstall ? '; npm start installs them' : ''}`
      : Object.keys(debianPackages).join(', '),
    remedy: `Install ${missing} with the package manager of this system.`,
  };
}

function checks(): Check[] {
  const git = version('git', '--version');
  const python = version('python3', '--version');
  const docker = version('docker', 'info', '--format', '{{.ServerVersion}}');
  const go = version('go', 'version');
  const isRoot = platform() === 'linux' && process.getuid?.() === 0;
  const pip = version('python3', '-m', 'pip', '--version');
  const kubeconfig = process.env.KUBECONFIG;
  const { bavail, bsize } = statfsSync(homedir());
  const freeGiB = Math.floor((bavail * bsize) / 2 ** 30);
  return [
    {
      name: 'git',
      ok: Boolean(git),
      found: git ?? 'not found',
      remedy:
        'Install git (apt-get install git). The portal hosts repositories with git.',
    },
    {
      name: 'Python',
      ok: Boolean(python && pip),
      found: [python ?? 'not found', python && !pip && 'without pip']
        .filter(Boolean)
        .join(', '),
      remedy:
        'Install Python 3.11 or newer with pip (apt-get install python3-pip). They build the function runtime.',
    },
    {
      name: 'Kubernetes',
      ok: Boolean(kubeconfig || docker || isRoot),
      found:
        [
          kubeconfig && `KUBECONFIG=${kubeconfig}`,
          docker && `Docker ${docker}, used through kind`,
          isRoot && 'Linux as root: a local cluster',
        ].find(Boolean) || 'none',
      remedy:
        'Start Docker, or set KUBECONFIG to a cluster that you can administer, or run as root on Linux.',
    },
    {
      name: 'Go',
      ok: Boolean(go || docker || kubeconfig),
      found: go ?? 'not found',
      remedy:
        'Install Go 1.26 or newer. It builds the Kubernetes programs that cannot be downloaded.',
    },
    ...(isRoot && !docker && !kubeconfig ? [packages()] : []),
    {
      name: 'disk',
      ok: freeGiB >= freeGiBWanted,
      found: `${freeGiB} GiB free`,
      remedy: `Make ${freeGiBWanted} GiB free in your home folder.`,
    },
  ];
}

/** `npm run doctor`: reports missing requirements of this machine, with remedies. */
export async function doctor(): Promise<number> {
  const all = checks();
  for (const { found, name, ok, remedy } of all) {
    process.stdout.write(
      `${ok ? '✔' : '✘'} ${name.padEnd(14)} ${found}\n${
        ok ? '' : `  ${remedy}\n`
      }`,
    );
  }
  return all.every(({ ok }) => ok) ? 0 : 1;
}
