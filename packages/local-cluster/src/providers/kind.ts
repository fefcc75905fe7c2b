import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../binaries/findProgram';
import { kindSet } from '../binaries/programSets';
import { ClusterError } from '../ClusterError';
import { fillContext } from '../images/buildContext';
import type { ImageSpec } from '../images/ImageSpec';
import { run, tryRun } from '../process/run';
import {
  createKind,
  deleteKind,
  dockerBuild,
  exportKind,
  kindLoadImage,
  type Command,
} from './commands';

type Report = (detail: string) => void;

/**
 * Creates the kind cluster unless it exists, and writes its kubeconfig.
 *
 * @param options - `name` is kind's own name of it, see kindName
 * @throws ClusterError when kind or Docker fails
 */
export async function startKind(options: {
  name: string;
  kubeconfig: string;
  report: Report;
  signal: AbortSignal;
}): Promise<void> {
  const { name, kubeconfig, report, signal } = options;
  const kind = await findProgram('kind', kindSet, { report, signal });
  const known = await tryRun(kind, ['get', 'clusters'], {
    timeout: 20_000,
    signal,
  });
  const exists = known?.split('\n').includes(name);
  report(
    exists ? 'using the existing kind cluster' : 'creating a kind cluster',
  );
  await attempt(
    exists
      ? exportKind(kind, name, kubeconfig)
      : createKind(kind, name, kubeconfig),
    signal,
  );
}

/** Deletes the kind cluster with everything in it. */
export async function removeKind(name: string): Promise<void> {
  const kind = await findProgram('kind', kindSet, { report: () => {} });
  await attempt(deleteKind(kind, name));
}

/** Builds an image with Docker and loads it into the kind cluster. */
export async function kindLoad(
  spec: ImageSpec,
  reference: string,
  name: string,
  report: Report,
): Promise<void> {
  if ((await tryRun('docker', ['image', 'inspect', reference])) === undefined) {
    report(`building ${reference} with Docker`);
    const context = await mkdtemp(join(tmpdir(), 'bailiwick-image-'));
    try {
      await fillContext(spec, context);
      await attempt(dockerBuild(reference, context));
    } finally {
      await rm(context, { recursive: true, force: true });
    }
  }
  report('loading it into kind');
  const kind = await findProgram('kind', kindSet, { report });
  await attempt(kindLoadImage(kind, name, reference));
}

async function attempt(
  { program, arguments: rest }: Command,
  signal?: AbortSignal,
): Promise<void> {
  try {
    await run(program, rest, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw new ClusterError(
      (error as Error).message,
      'Check that Docker runs (docker info), or start with --provider local.',
    );
  }
}
