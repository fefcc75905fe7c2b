import { createPackageFromTarballData } from '@arethetypeswrong/core';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A running registry. */
export interface TarballRegistry {
  /** Address without a trailing slash, for `npmRegistryServer` of Yarn or `registry` of npm. */
  url: string;
  close(): Promise<void>;
}

interface Published {
  manifest: { name: string; version: string };
  tarball: Uint8Array;
}

/**
 * Serves packages from tarballs on the loopback address, in the way of a registry for npm and Yarn. It has no other
 * packages.
 *
 * @param tarballs - as `yarn pack` writes them
 * @param port - a free one by default
 */
export async function serveTarballs(
  tarballs: readonly Uint8Array[],
  port = 0,
): Promise<TarballRegistry> {
  const packages = new Map(
    tarballs.map(readTarball).map(one => [one.manifest.name, one]),
  );
  const server = createServer((req, res) => {
    const [name, file] = decodeURIComponent(req.url!).slice(1).split('/-/');
    const found = packages.get(name);
    if (!found) res.writeHead(404).end(JSON.stringify({ error: 'Not found' }));
    else if (file) res.end(found.tarball);
    else
      res.end(JSON.stringify(packument(found, `http://${req.headers.host}`)));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

function readTarball(tarball: Uint8Array): Published {
  const packed = createPackageFromTarballData(tarball);
  const path = `/node_modules/${packed.packageName}/package.json`;
  return { manifest: JSON.parse(packed.readFile(path)), tarball };
}

/** Metadata of a package with one version. */
function packument({ manifest, tarball }: Published, url: string) {
  const { name, version } = manifest;
  const digest = createHash('sha512').update(tarball).digest('base64');
  const dist = {
    integrity: `sha512-${digest}`,
    tarball: `${url}/${name}/-/${name.replace(/.*\//, '')}-${version}.tgz`,
  };
  return {
    name,
    'dist-tags': { latest: version },
    versions: { [version]: { ...manifest, dist } },
  };
}
