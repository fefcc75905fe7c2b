import {
  coreKinds,
  type KubeObject,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  changeRequestKind,
  grantKind,
  homeNamespace,
  tenantKind,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { execFile } from 'node:child_process';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { createTenant } from '../__testUtils__/createTenant';
import { signedInAs, type Name } from '../__testUtils__/people';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
const run = promisify(execFile);

const path = '/tenants/rates-desk/export';
const namespace = homeNamespace('rates-desk');
const canary = 'canary-5d1c';

integration('export of a tenant from a real API server', () => {
  let portal: Portal;
  let folder: string;
  let token: string;

  beforeAll(async () => {
    portal = await startPortal();
    folder = await mkdtemp(join(tmpdir(), 'export-test-'));
    await createTenant(portal.cluster.client);
    await portal.shows('bea', '/tenants', 'rates-desk');
    await makeRepository('feed');
    await makeRepository('deleted');
    await makeApp('feed');
    await portal.shows('bea', '/apps', 'feed');
    await makeThings();
  }, 120_000);
  afterAll(async () => {
    await portal?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  async function makeRepository(name: string, content = '# prices\n') {
    const files = [{ path: 'functions.py', content }];
    const place = '/tenants/rates-desk/repositories';
    await portal.call('bea', 'POST', place, { name, files });
  }

  async function makeApp(name: string) {
    await portal.call('bea', 'POST', '/tenants/rates-desk/apps', {
      name,
      title: name,
      archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
      answers: { note: 'line one\nline two: "quoted"' },
      environment: 'dev',
    });
  }

  /** Creates objects that belong in the archive, and a Secret that does not. */
  async function makeThings() {
    const { client } = portal.cluster;
    const metadata = { name: 'notes', namespace };
    await client.resource(coreKinds.configMaps).create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { today: 'rates are up' },
    });
    await client.resource(coreKinds.secrets).create({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata,
      stringData: { password: canary },
    } as KubeObject);
    const grant = await portal.call(
      'bea',
      'POST',
      '/tenants/rates-desk/apps/feed/grants',
      { client: 'api', environment: 'dev', days: 1 },
    );
    token = grant.body.token;
    const asked = await portal.call(
      'rita',
      'POST',
      '/tenants/rates-desk/requests',
      {
        action: 'renew',
        proposed: { expiresAt: '2030-01-01T00:00:00Z' },
        reason: 'One more year.',
      },
    );
    await portal.shows('rita', '/requests', asked.body.metadata.name);
  }

  const download = (who: Name) =>
    fetch(`${portal.url}${path}`, { headers: signedInAs(who) });

  /** Exports as a person and unpacks; returns the folder of the tenant. */
  async function unpacked(who: Name): Promise<string> {
    const place = await mkdtemp(join(folder, `${who}-`));
    const archive = join(place, 'archive.tar.gz');
    const answer = await download(who);
    expect(answer.status).toBe(200);
    await writeFile(archive, Buffer.from(await answer.arrayBuffer()));
    await run('tar', ['-xzf', archive, '-C', place]);
    return join(place, 'rates-desk');
  }

  const objects = async (file: string): Promise<KubeObject[]> =>
    parseAllDocuments(await readFile(file, 'utf8')).map(one => one.toJS());

  it('returns the tenant, its apps and the history of their code to an owner', async () => {
    const answer = await download('rita');
    expect(answer.headers.get('content-type')).toBe('application/gzip');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="rates-desk-\d{4}-\d\d-\d\d\.tar\.gz"$/,
    );
    await answer.body!.cancel();

    const place = await unpacked('rita');
    const files = await readdir(place, { recursive: true });
    expect(files.filter(name => name.includes('.')).sort()).toEqual([
      'README.txt',
      'record/grants.yaml',
      'record/requests.yaml',
      'repositories/deleted.bundle',
      'repositories/feed.bundle',
      'restore/apps.yaml',
      'restore/configmaps.yaml',
      'restore/tenant.yaml',
    ]);
    const [app] = (await objects(join(place, 'restore/apps.yaml'))) as App[];
    expect(app.spec.answers).toEqual({ note: 'line one\nline two: "quoted"' });
    const maps = await objects(join(place, 'restore/configmaps.yaml'));
    expect(maps.map(({ metadata }) => metadata.name)).toEqual(['notes']);

    const clone = join(place, 'clone');
    const bundle = join(place, 'repositories/feed.bundle');
    await run('git', ['clone', '--quiet', bundle, clone]);
    expect(await readFile(join(clone, 'functions.py'), 'utf8')).toBe(
      '# prices\n',
    );
    const readme = await readFile(join(place, 'README.txt'), 'utf8');
    expect(readme).toContain('by user:default/rita');
    expect(readme).toContain('Nothing is missing');
    for (const name of files.filter(one => one.includes('.ya')))
      expect(readme).toContain(name);
  });

  it('is taken by the API server again', async () => {
    const place = await unpacked('rita');
    const kinds: Record<string, ResourceType<KubeObject>> = {
      'apps.yaml': appKind,
      'configmaps.yaml': coreKinds.configMaps,
      'tenant.yaml': tenantKind,
    };
    const options = { fieldManager: 'restore', force: true, dryRun: true };
    let applied = 0;
    for (const file of await readdir(join(place, 'restore'))) {
      const client = portal.cluster.client.resource(kinds[basename(file)]);
      for (const object of await objects(join(place, 'restore', file))) {
        await client.apply(object as never, options);
        // Also where there is none of that name yet.
        const name = 'restored';
        const metadata = { ...object.metadata, name };
        await client.create({ ...object, metadata }, { dryRun: true });
        applied += 1;
      }
    }
    expect(applied).toBe(3);
  });

  it('contains code that can run again with its history, as its README describes', async () => {
    const place = await unpacked('rita');
    await makeRepository('again', '# from the template\n');
    await makeApp('again');
    await portal.shows('bea', '/apps', 'again');
    const grant = await portal.call(
      'bea',
      'POST',
      '/tenants/rates-desk/apps/again/grants',
      { client: 'git', days: 1 },
    );
    const host = portal.url.replace('//', `//x:${grant.body.token}@`);
    const clone = join(place, 'clone');
    const who = ['-c', 'user.name=Bea', '-c', 'user.email=b@x.test'];
    const env = { ...process.env, GIT_TERMINAL_PROMPT: '0' };
    const git = (...args: string[]) => run('git', [...who, ...args], { env });
    await eventually('The git host knows the token', () =>
      git('clone', `${host}/git/rates-desk/again.git`, clone).then(
        () => true,
        () => false,
      ),
    );
    const merge = 'pull --no-rebase --no-edit --allow-unrelated-histories';
    const bundle = join(place, 'repositories/feed.bundle');
    const from = ['-X', 'theirs', bundle, 'main'];
    await git('-C', clone, ...merge.split(' '), ...from);
    const { stderr } = await git('-C', clone, 'push', '--quiet');
    expect(stderr).toBe('');
    expect(await readFile(join(clone, 'functions.py'), 'utf8')).toBe(
      '# prices\n',
    );
    const { stdout } = await git('-C', clone, 'rev-parse', 'HEAD');
    await eventually('The app has the commit', async () => {
      const apps = portal.cluster.client.resource<App>(appKind);
      const { spec } = await apps.get('again', { namespace });
      return spec.source.revision === stdout.trim();
    });
  });

  it('never holds secrets, tokens or their hashes', async () => {
    const place = await unpacked('rita');
    const { items } = await portal.cluster.client.request<any>({
      path: `/apis/${grantKind.apiVersion}/namespaces/${namespace}/grants`,
    });
    const hash: string = items[0].spec.tokenHash;
    const [grant] = await objects(join(place, 'record/grants.yaml'));
    expect(grant).toMatchObject({
      metadata: { name: items[0].metadata.name },
      spec: { subject: 'user:default/bea' },
    });
    const { stdout } = await run('grep', [
      '-rlaE',
      [canary, token, hash.replace('sha256:', '')].join('|'),
      place,
    ]).catch(error => {
      if (error.code !== 1) throw error; // 1: nothing found
      return { stdout: '' };
    });
    expect(stdout).toBe('');
  });

  it('records the requests about the tenant', async () => {
    const place = await unpacked('rita');
    const [request] = await objects(join(place, 'record/requests.yaml'));
    expect(request).toMatchObject({
      kind: changeRequestKind.kind,
      spec: { action: 'renew', requestedBy: 'user:default/rita' },
    });
  });

  it('lists parts that platform engineers could not read', async () => {
    const place = await unpacked('pia');
    const readme = await readFile(join(place, 'README.txt'), 'utf8');
    expect(readme).toContain(
      'configmaps: user:default/pia has no permission to read them',
    );
    expect(await readdir(join(place, 'restore'))).toEqual([
      'apps.yaml',
      'tenant.yaml',
    ]);
  });

  it.each([
    ['bea', 403],
    ['tom', 403],
    ['eve', 404],
  ] as const)(
    'refuses %s with %i and keeps that in the audit',
    async (who, status) => {
      portal.auditor.createEvent.mockClear();
      const answer = await portal.call(who, 'GET', path);
      expect(answer.status).toBe(status);
      const { calls, results } = portal.auditor.createEvent.mock;
      expect(calls[0][0]).toMatchObject({
        eventId: 'tenant-export',
        meta: { tenant: 'rates-desk' },
      });
      const event = await results[0].value;
      expect(event.fail).toHaveBeenCalledTimes(1);
      expect(event.success).not.toHaveBeenCalled();
    },
  );

  it('does not reveal to strangers that the tenant exists', async () => {
    const stranger = await portal.call('eve', 'GET', path);
    const missing = await portal.call('eve', 'GET', '/tenants/x/export');
    expect(stranger.body.error.message).toBe(
      missing.body.error.message.replace('"x"', '"rates-desk"'),
    );
  });

  it('breaks the download and audits a failure when a repository cannot be read', async () => {
    portal.auditor.createEvent.mockClear();
    const objectsFolder = join(
      portal.repositories,
      'rates-desk/feed.git/objects',
    );
    await run('mv', [objectsFolder, `${objectsFolder}-away`]);
    await mkdir(objectsFolder);
    try {
      await expect(
        download('rita').then(answer => answer.arrayBuffer()),
      ).rejects.toThrow();
    } finally {
      await rm(objectsFolder, { recursive: true });
      await run('mv', [`${objectsFolder}-away`, objectsFolder]);
    }
    const event = await portal.auditor.createEvent.mock.results[0].value;
    await eventually(
      'The failure is in the audit',
      async () => event.fail.mock.calls.length === 1,
    );
    expect(event.success).not.toHaveBeenCalled();
  });
});
