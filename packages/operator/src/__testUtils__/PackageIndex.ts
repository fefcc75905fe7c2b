import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Writes a wheel with one module, which Python's own library can. */
const writeWheel = `
import sys, zipfile
folder, name, version, source = sys.argv[1:]
info = f"{name}-{version}.dist-info"
files = {
    f"{name}.py": source,
    f"{info}/METADATA": f"Metadata-Version: 2.4\\nName: {name}\\nVersion: {version}\\nLicense-Expression: MIT\\n",
    f"{info}/WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
}
files[f"{info}/RECORD"] = "".join(f"{path},,\\n" for path in [*files, f"{info}/RECORD"])
with zipfile.ZipFile(f"{folder}/{name}-{version}-py3-none-any.whl", "w") as wheel:
    for path, text in files.items():
        wheel.writestr(path, text)
`;

/** A package index (PEP 503) that pods can reach. */
export class PackageIndex {
  readonly #folder = mkdtempSync(join(tmpdir(), 'index-'));
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(({ url = '' }, response) => {
      const [, place, name, file] = url.split('/');
      const wheels = readdirSync(this.#folder).filter(one =>
        one.startsWith(`${name}-`),
      );
      if (place !== 'simple' || wheels.length === 0) {
        response.writeHead(404).end();
      } else if (file) {
        response.end(readFileSync(join(this.#folder, file)));
      } else {
        response.setHeader('content-type', 'text/html');
        response.end(
          wheels.map(one => `<a href="${one}">${one}</a>`).join('\n'),
        );
      }
    });
  }

  /** @param host - address to listen on */
  static async start(host: string): Promise<PackageIndex> {
    const index = new PackageIndex();
    index.#server.listen(0, host);
    await once(index.#server, 'listening');
    return index;
  }

  get url(): string {
    const { address, port } = this.#server.address() as AddressInfo;
    return `http://${address}:${port}/simple`;
  }

  /** Adds a package with a module of the same name. */
  add(name: string, version: string, source: string): void {
    execFileSync('python3', [
      '-c',
      writeWheel,
      this.#folder,
      name,
      version,
      source,
    ]);
  }

  async stop(): Promise<void> {
    this.#server.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
