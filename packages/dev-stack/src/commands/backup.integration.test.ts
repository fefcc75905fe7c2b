/** @jest-environment node */
import {
  addresses,
  paths,
  readStackState,
  repositoryRoot,
} from '@bailiwick/backstage-cli';
import { readTrials } from '@bailiwick/backstage-domain-pack/authoring';
import { readState } from '@bailiwick/backstage-local-cluster';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { basicLogin } from '../demo/calls';
import { eventually } from '../demo/expect';
import { fillTemplate, healthyApp } from '../demo/makeApp';
import { Playbook } from '../demo/Playbook';
import { demoApp, demoTenant } from '../demo/playMainPath';
import { packFolders } from '../packs/packFolders';
import { signIn } from '../portal/signIn';

const run = promisify(execFile);
const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
const integration =
  process.env.BAILIWICK_INTEGRATION && asRoot ? describe : describe.skip;
jest.setTimeout(900_000);

const job = 'stored-results';
/** A running Bailiwick after its demo, which the tests may destroy: that of the end-to-end tests. */
const given = {
  dataDir: process.env.BAILIWICK_TEST_DATA_DIR,
  portBase: Number(process.env.BAILIWICK_TEST_PORT_BASE),
};
/** An app that stores the results of its runs. */
const { answers, archetype, pack } = packFolders()
  .map(folder => readTrials(folder))
  .flatMap(({ pack: found, trials }) =>
    trials.map(trial => ({ ...trial, pack: found })),
  )
  .find(trial => trial.archetype.run)!;
const storedFunction = archetype.run!.steps[0].function;

integration('a backup', () => {
  /** An address of the former cluster, after its end. */
  let taken: string | undefined;
  const dataDir = given.dataDir ?? mkdtempSync(join(tmpdir(), 'backup-'));
  const portBase = given.dataDir ? given.portBase : 28_900;
  const store = mkdtempSync(join(tmpdir(), 'backups-'));
  const { gateway, portal } = addresses({ dataDir, portBase });
  const env = {
    ...process.env,
    RESTIC_PASSWORD: 'of this test',
    RESTIC_REPOSITORY: store,
  };

  /** Runs a command of the development stack on the data folder. */
  const stack = (command: string, ...args: string[]) =>
    run(
      process.execPath,
      [
        ...['--import', join(repositoryRoot, 'scripts/typescript.mjs')],
        join(repositoryRoot, 'packages/dev-stack/src/main.ts'),
        ...[command, ...args, '--data-dir', dataDir],
      ],
      { env },
    );
  const start = () => stack('start', '--detach', '--port-base', `${portBase}`);

  /** Runs a shell command in Bea's workspace of the demo's app, when it runs. */
  const inWorkspace = async (command: string): Promise<string> => {
    const files = paths({ dataDir, portBase });
    const kubectl = (...args: string[]) =>
      run(readState(files.clusterState)?.kubectl ?? 'kubectl', [
        '--kubeconfig',
        readStackState(files.state)?.kubeconfig ?? '',
        ...args,
      ]);
    const home = `${demoTenant}--home`;
    const workspace = `${demoApp}.default.bea`;
    return eventually('The workspace runs the command', 240, async () => {
      const { stdout: pod } = await kubectl(
        ...['get', 'workspace', workspace, '--namespace', home],
        ...['--output', 'jsonpath={.status.pod}'],
      );
      const { stdout } = await kubectl(
        ...['--as', 'user:default/bea', '--as-group', 'group:default/rates'],
        ...['exec', pod, '--namespace', `${demoTenant}--dev`],
        ...['--', 'sh', '-c', command],
      );
      return stdout;
    });
  };

  /** Reads rows with a token that existed before. */
  const rowsOf = async (app: string, path: string, token: string) => {
    const response = await fetch(
      `${gateway}/v1/${demoTenant}/dev/${app}/${path}`,
      { headers: { authorization: basicLogin('bea', token) } },
    );
    const body = await response.text();
    if (!response.ok) throw new Error(`${response.status}: ${body}`);
    return JSON.parse(body).rows ?? JSON.parse(body);
  };

  beforeAll(async () => {
    if (given.dataDir) return;
    await start();
    await stack(
      'demo',
      ...['--until', 'The app runs', '--port-base', `${portBase}`],
    );
  });
  afterAll(async () => {
    if (taken) await run('ip', ['address', 'delete', taken, 'dev', 'lo']);
    rmSync(store, { recursive: true, force: true });
    if (given.dataDir) return;
    await stack('reset').catch(() => {});
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('brings back tokens, history, code, rows and workspaces after everything is lost', async () => {
    const bea = await signIn(portal, 'bea');
    const play = new Playbook(() => {});
    await fillTemplate(play, bea, `${pack.metadata.name}-${archetype.name}`, {
      place: { tenant: demoTenant, environment: 'dev' },
      name: job,
      title: 'Stored results',
      ...answers,
    });
    await healthyApp(play, bea, { tenant: demoTenant, app: job });
    const tokenFor = async (app: string) => {
      const wanted = { client: 'api', environment: 'dev', days: 1 } as const;
      return (await bea.client.createGrant(demoTenant, app, wanted)).token;
    };
    const [feed, stored] = [await tokenFor(demoApp), await tokenFor(job)];
    const path = 'prices?symbols=AAPL';
    const rows = await eventually('Rows', 120, () =>
      rowsOf(demoApp, path, feed),
    );
    const result = await eventually('The first stored result', 300, () =>
      rowsOf(job, storedFunction, stored),
    );
    await bea.client.createWorkspace(demoTenant, demoApp, {
      ...{ environment: 'dev', cpu: '500m', memory: '512Mi' },
      ...{ storage: '1Gi', idleMinutes: 60 },
    });
    await inWorkspace(
      'cd /home/workspace; echo not committed > note; ln -s note link',
    );
    const commits = await bea.client.listCommits(demoTenant, demoApp);
    const requests = await bea.client.listRequests();

    const { stdout } = await stack('backup');
    expect(JSON.parse(stdout)).toMatchObject({ missing: [] });
    const former = readState(paths({ dataDir, portBase }).clusterState);
    await stack('reset');
    expect(existsSync(dataDir)).toBe(false);
    // As if another cluster used its addresses meanwhile.
    const [host] = former!.registry!.address.split('.2:');
    await run('ip', ['address', 'add', `${host}.1/32`, 'dev', 'lo']);
    taken = `${host}.1/32`;
    await stack('restore');
    await start();
    const { registry } = readState(paths({ dataDir, portBase }).clusterState)!;
    expect(registry!.address).not.toBe(former!.registry!.address);

    const again = await signIn(portal, 'bea');
    expect(
      await eventually('The same rows', 300, () => rowsOf(demoApp, path, feed)),
    ).toEqual(rows);
    expect(
      await eventually('The stored result', 120, () =>
        rowsOf(job, storedFunction, stored),
      ),
    ).toEqual(result);
    expect(await inWorkspace('cat /home/workspace/link')).toBe(
      'not committed\n',
    );
    expect(await again.client.listCommits(demoTenant, demoApp)).toEqual(
      commits,
    );
    // By name: restored objects have a new time of creation.
    const known = (list: typeof requests) =>
      Object.fromEntries(
        list.map(({ metadata, spec, status }) => [
          metadata.name,
          { spec, phase: status?.phase },
        ]),
      );
    expect(known(await again.client.listRequests())).toEqual(known(requests));
  });

  it('is only restored into an empty folder', async () => {
    await expect(stack('restore')).rejects.toThrow(
      /is not empty\. Nothing was changed\./,
    );
  });
});
