import { createHash } from 'node:crypto';

/** A program with its arguments, as a value that tests can look at. */
export interface Command {
  program: string;
  arguments: string[];
}

/** Returns the name of the cluster in kind, unique per data folder. */
export function kindName(directory: string): string {
  const hash = createHash('sha256').update(directory).digest('hex');
  return `bailiwick-${hash.slice(0, 8)}`;
}

/** Creates a kind cluster and writes its kubeconfig. */
export function createKind(
  kind: string,
  name: string,
  kubeconfig: string,
): Command {
  return {
    program: kind,
    arguments: [
      'create',
      'cluster',
      '--name',
      name,
      '--kubeconfig',
      kubeconfig,
      '--wait',
      '180s',
    ],
  };
}

/** Writes the kubeconfig of a kind cluster that exists. */
export function exportKind(
  kind: string,
  name: string,
  kubeconfig: string,
): Command {
  return {
    program: kind,
    arguments: [
      'export',
      'kubeconfig',
      '--name',
      name,
      '--kubeconfig',
      kubeconfig,
    ],
  };
}

/** Deletes a kind cluster. */
export function deleteKind(kind: string, name: string): Command {
  return {
    program: kind,
    arguments: ['delete', 'cluster', '--name', name],
  };
}

/** Builds an image from a folder with a Dockerfile. */
export function dockerBuild(reference: string, context: string): Command {
  return {
    program: 'docker',
    arguments: ['build', '--quiet', '--tag', reference, context],
  };
}

/** Copies an image from Docker into the nodes of a kind cluster. */
export function kindLoadImage(
  kind: string,
  name: string,
  reference: string,
): Command {
  return {
    program: kind,
    arguments: ['load', 'docker-image', reference, '--name', name],
  };
}

/** Prints one context of a kubeconfig with everything inline; the current one unless named. */
export function flattenContext(kubectl: string, context?: string): Command {
  const chosen = context ? [`--context=${context}`] : [];
  return {
    program: kubectl,
    arguments: ['config', 'view', '--raw', '--minify', '--flatten', ...chosen],
  };
}
