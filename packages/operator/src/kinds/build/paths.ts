import type { PackagesRepository } from '../app';

/** Folder with the credentials of the registry. */
export const credentialsPath = '/registry';
/** Folder with the code bundle. */
export const codePath = '/code';
/** Folder that the containers of a Dockerfile share with the one that pushes the image. */
export const workPath = '/work';

/** Returns the reference of a runtime image in a registry; images that are loaded onto nodes have none. */
export function registryReference(
  runtime: string,
  { runtimes }: Pick<PackagesRepository, 'runtimes'>,
): string {
  return runtimes ? runtime.replace(/^localhost\//, `${runtimes}/`) : runtime;
}
