import type { Caches } from '../../../cache';
import { systemNamespace } from '../../../names';

/** A place for packages in a registry. */
export interface PackagesRepository {
  /** Host and path; each tenant has a repository below it. */
  path: string;
  /** Whether the registry has no TLS. */
  insecure: boolean;
  /** Registry that also has the runtime images which are loaded onto nodes, and named `localhost/…`. */
  runtimes?: string;
  /** Image that builds the Dockerfiles of repositories. */
  builder?: string;
  /** Images that Dockerfiles can use besides the runtime. */
  images: string[];
  /** Image with a database of advisories, with which builds of packages compare them. */
  advisories?: string;
}

/** Returns the place for packages that the platform team configured, `undefined` if there is none. */
export function packagesRepository({
  runtimeImages,
}: Pick<Caches, 'runtimeImages'>): PackagesRepository | undefined {
  const data = runtimeImages.get('runtime-images', systemNamespace)?.data;
  const path = data?.packages;
  return path
    ? {
        path,
        insecure: data['packages.insecure'] === 'true',
        runtimes: data['packages.runtimes'],
        advisories: data['packages.advisories'],
        builder: data['packages.builder'],
        images: data['packages.images']?.split(/\s+/).filter(Boolean) ?? [],
      }
    : undefined;
}
