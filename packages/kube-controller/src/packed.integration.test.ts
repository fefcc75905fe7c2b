import {
  eventually,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { coreKinds } from '.';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
const run = promisify(execFile);
const packageFolder = resolve(import.meta.dirname, '..');
const root = resolve(packageFolder, '../..');

/** Yarn as this repository runs it; it need not be on the path. */
const yarn = (cwd: string, ...args: string[]) =>
  run('node', ['scripts/run.mjs', 'yarn', '--cwd', cwd, ...args], {
    cwd: root,
  });

/** Writes the declarations of this package to dist-types, where the build reads them. */
async function writeDeclarations(folder: string): Promise<void> {
  const project = join(folder, 'tsconfig.json');
  await writeFile(
    project,
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        incremental: false,
        outDir: join(root, 'dist-types'),
        rootDir: root,
        typeRoots: [join(root, 'node_modules/@types')],
      },
      include: [],
      files: [join(packageFolder, 'src/index.ts')],
    }),
  );
  await yarn(root, 'tsc', '--project', project);
}

integration('the packed controller runtime', () => {
  let cluster: TestCluster;
  let folder: string;
  let program: ChildProcess | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'packed-'));
    const archive = join(folder, 'kube-controller.tgz');
    await writeDeclarations(folder);
    await yarn(packageFolder, 'build');
    await yarn(packageFolder, 'pack', '-o', archive);
    await writeFile(join(folder, 'package.json'), '{"private":true}');
    const quiet = ['--no-audit', '--no-fund', '--no-package-lock'];
    await run('npm', ['install', ...quiet, archive], { cwd: folder });
    cluster = await startTestCluster();
  }, 240_000);
  afterAll(async () => {
    if (program?.exitCode === null) {
      program.kill('SIGINT');
      await once(program, 'exit');
    }
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  it('runs the example of its README', async () => {
    const readme = await readFile(join(packageFolder, 'README.md'), 'utf8');
    const [, example] = /```js\n(.*?)```/s.exec(readme)!;
    await writeFile(join(folder, 'greeting.mjs'), example);
    program = spawn(process.execPath, ['greeting.mjs'], {
      cwd: folder,
      env: { ...process.env, KUBECONFIG: cluster.kubeconfig, NODE_OPTIONS: '' },
      stdio: 'ignore',
    });
    const { client } = cluster;
    const greet = (name: string | null) =>
      client
        .resource(coreKinds.namespaces)
        .patch('default', { metadata: { labels: { greet: name } } });
    const configMaps = client.resource(coreKinds.configMaps);
    const greeting = async () => {
      const all = await configMaps.list({ namespace: 'default' });
      return all.find(({ metadata }) => metadata.name === 'greeting');
    };

    await greet('world');
    const first = await eventually('A greeting', greeting);
    expect(first.data).toEqual({ text: 'Hello world' });
    await configMaps.delete('greeting', { namespace: 'default' });
    await eventually('It is back', greeting);
    await greet(null);
    await eventually('It is gone', async () => !(await greeting()));

    program.kill('SIGINT');
    expect((await once(program, 'exit'))[0]).toBe(0);
  }, 60_000);
});
