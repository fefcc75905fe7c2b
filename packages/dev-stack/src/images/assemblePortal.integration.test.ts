/**
 * @jest-environment node
 * @heavy
 */
import { repositoryRoot } from '@bailiwick/backstage-cli';
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../process/__testUtils__/freePort';
import { assemblePortal } from './assemblePortal';

const pauseMs = 100;
/** Includes a build of the frontend on a busy machine. */
const longestMs = 600_000;
/** The image has at most 400 MiB; Node, git and their libraries take up to 170 of them. */
const largestBytes = 230 * 2 ** 20;
/** File systems count the space of files in blocks. */
const blockBytes = 4096;

/** Returns the paths of all files in a folder, sorted. */
function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ name, parentPath }) => relative(folder, join(parentPath, name)))
    .sort();
}

/** Returns a line with path and hash for each file in a folder. */
function hashFiles(folder: string): string[] {
  return listFiles(folder).map(file => {
    const content = readFileSync(join(folder, file));
    return `${file} ${createHash('sha256').update(content).digest('hex')}`;
  });
}

/** Variables of the embedded default, whose services do not exist here. */
function variables(folder: string, port: number): Record<string, string> {
  const nowhere = 'http://127.0.0.1:1';
  return {
    BAILIWICK_ROOT: folder,
    BAILIWICK_DATA_DIR: folder,
    BAILIWICK_PORTAL_URL: `http://127.0.0.1:${port}`,
    BAILIWICK_PORTAL_PORT: String(port),
    BAILIWICK_GATEWAY_URL: nowhere,
    BAILIWICK_GATEWAY_METRICS_URL: nowhere,
    BAILIWICK_WORKSPACES_URL: nowhere,
    BAILIWICK_WORKSPACES_PORT: '1',
    BAILIWICK_IDENTITY_URL: nowhere,
    BAILIWICK_BACKEND_SECRET: 'a secret that protects nothing',
    BAILIWICK_OIDC_CLIENT_ID: 'portal',
    BAILIWICK_OIDC_CLIENT_SECRET: 'a secret that protects nothing',
    BAILIWICK_PORTAL_KUBECONFIG: join(folder, 'kubeconfig'),
    BAILIWICK_CLUSTER_STATE: join(folder, 'state.json'),
  };
}

const settings = {
  backend: { database: { connection: ':memory:' } },
  bailiwick: { docs: { path: 'docs' }, workspaces: null },
};

const kubeconfig = {
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name: 'none', cluster: { server: 'http://127.0.0.1:1' } }],
  users: [{ name: 'none', user: {} }],
  contexts: [{ name: 'none', context: { cluster: 'none', user: 'none' } }],
  'current-context': 'none',
};

describe("the files of the portal's image", () => {
  let work: string;
  let portal: string;
  let hashes: string[];

  const assemble = (target: string) =>
    assemblePortal(target, {
      log: join(work, 'frontend.log'),
      signal: AbortSignal.timeout(longestMs),
    });

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'portal-'));
    portal = join(work, 'portal');
    await assemble(portal);
    hashes = hashFiles(portal);
  }, longestMs);
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  it(
    'are the same from the same sources',
    async () => {
      const again = join(work, 'again');
      await assemble(again);
      expect(hashFiles(again)).toEqual(hashes);
    },
    longestMs,
  );

  it('are described with the packages whose code is in pages', () => {
    const file = `${portal}.packages.json`;
    const listed = JSON.parse(readFileSync(file, 'utf8'));
    const { version } = JSON.parse(
      readFileSync(
        join(repositoryRoot, 'node_modules/react-dom/package.json'),
        'utf8',
      ),
    );
    expect(listed).toContainEqual({
      name: 'react-dom',
      version,
      license: 'MIT',
    });
    expect(existsSync(join(portal, 'node_modules/react-dom'))).toBe(false);
  });

  it('do not contain the path of the sources', () => {
    const containing = listFiles(portal).filter(file =>
      readFileSync(join(portal, file)).includes(repositoryRoot),
    );
    expect(containing).toEqual([]);
  });

  it('fit into the image', () => {
    const blocks = listFiles(portal).map(file =>
      Math.ceil(readFileSync(join(portal, file)).length / blockBytes),
    );
    const total = blocks.reduce((sum, each) => sum + each, 0);
    expect(total * blockBytes).toBeLessThan(largestBytes);
  });

  it('include the schema of each package that has one', () => {
    const files = listFiles(portal);
    const schemas = files
      .filter(file => basename(file) === 'package.json')
      .flatMap(file => {
        const { configSchema } = JSON.parse(
          readFileSync(join(portal, file), 'utf8'),
        );
        const isFile = typeof configSchema === 'string';
        return isFile ? [join(dirname(file), configSchema)] : [];
      });
    expect(schemas).toContain(
      'node_modules/@bailiwick/backstage-plugin-bailiwick-backend/config.schema.json',
    );
    expect(schemas.filter(file => !files.includes(file))).toEqual([]);
  });

  describe('without the sources', () => {
    let child: ChildProcess;
    let address: string;

    async function isReady(): Promise<boolean> {
      const path = '/.backstage/health/v1/readiness';
      const response = await fetch(address + path).catch(() => undefined);
      return response?.ok ?? false;
    }

    beforeAll(async () => {
      const port = await freePort();
      address = `http://127.0.0.1:${port}`;
      const configs = ['backstage.app-config.yaml', join(work, 'test.yaml')];
      // JSON is YAML.
      writeFileSync(configs[1], JSON.stringify(settings));
      writeFileSync(join(work, 'kubeconfig'), JSON.stringify(kubeconfig));
      const log = join(work, 'portal.log');
      const output = openSync(log, 'w');
      child = spawn(
        process.execPath,
        ['index.mjs', ...configs.flatMap(each => ['--config', each])],
        {
          cwd: portal,
          env: { PATH: process.env.PATH, ...variables(work, port) },
          stdio: ['ignore', output, output],
        },
      );
      closeSync(output);
      while (!(await isReady())) {
        if (child.exitCode !== null)
          throw new Error(`The portal ended:\n${readFileSync(log, 'utf8')}`);
        await pause(pauseMs);
      }
    }, longestMs);
    afterAll(async () => {
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, 'exit');
    });

    it('the portal serves pages with their configuration', async () => {
      const response = await fetch(address);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain(`"baseUrl": "${address}"`);
    });

    it('the portal serves the language server of the editor', async () => {
      const path = '/api/bailiwick/language-server.js';
      const response = await fetch(address + path);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('pyright');
    });

    it('the portal writes nothing into its folder', () => {
      expect(hashFiles(portal)).toEqual(hashes);
    });
  });
});
