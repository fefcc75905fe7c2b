/**
 * @jest-environment node
 * @heavy
 */
import { coreKinds } from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  changeRequestKind,
  domainPackKind,
  homeNamespace,
  tenantKind,
  type App,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  eventually,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import {
  Keycloak,
  keycloakCatalog,
  password,
  people,
  portalClient,
} from '@bailiwick/backstage-testing/keycloak';
import {
  pack,
  request,
  runtimeImages,
  tenant,
} from '@bailiwick/backstage-testing/objects';
import {
  Balancer,
  Browser,
  PortalProcess,
  slowTemplate,
  slowTemplateRef,
} from '@bailiwick/backstage-testing/portal';
import { Postgres } from '@bailiwick/backstage-testing/postgres';
import {
  freePort,
  OperatorProcess,
} from '@bailiwick/backstage-testing/process';
import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const longestMs = 600_000;
const { ada, ben } = people;
const benRef = 'user:default/ben';
const desk = 'rates-desk';
const namespace = homeNamespace(desk);
const repositoryPath = `git/${desk}/feed.git`;
const made = ['made-1', 'made-2', 'made-3'];

describe('two portals on one database and one folder', () => {
  let folder: string;
  let cluster: TestCluster;
  let operator: OperatorProcess;
  let keycloak: Keycloak;
  let postgres: Postgres;
  let balancer: Balancer;
  let startPortal: () => Promise<void>;
  const portals: PortalProcess[] = [];
  /** Tokens of Ada and Ben. */
  const tokens = { ada: '', ben: '' };
  /** What the benchmark `install` reports. */
  const figures: Record<string, number> = {};
  /** Commits in `main`, oldest first, as far as the test knows. */
  const pushed: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'two-portals-'));
    cluster = await startTestCluster({
      chartFolders: ['crds', 'templates', 'embedded'],
      controllerManager: true,
    });
    balancer = await Balancer.start();
    postgres = await Postgres.start(await freePort());
    keycloak = await Keycloak.start(await freePort(), balancer.url);
    operator = OperatorProcess.start({
      kubeconfig: await cluster.identity('bailiwick:operator'),
    });
    const market: DomainPack = pack('market');
    market.spec.archetypes[0].files = [
      { path: 'functions.py', content: '# of a task\n', render: false },
    ];
    await cluster.client.resource(domainPackKind).create(market);
    await cluster.client
      .resource(coreKinds.configMaps)
      .create(runtimeImages({ 'bailiwick.python': 'registry.test/python:1' }));
    const members = [{ subject: benRef, role: 'builder' as const }];
    await cluster.client.resource(tenantKind).create(tenant(desk, { members }));
    const kubeconfig = await cluster.identity('bailiwick:portal');
    const template = join(folder, 'template.yaml');
    writeFileSync(template, JSON.stringify(slowTemplate));
    startPortal = async () => {
      const portal = await PortalProcess.start({
        port: await freePort(),
        kubeconfig,
        metadataUrl: `${keycloak.issuer}/.well-known/openid-configuration`,
        client: portalClient,
        config: keycloakCatalog(keycloak.url, [
          { type: 'file', target: template, rules: [{ allow: ['Template'] }] },
        ]),
        shared: { url: balancer.url, database: postgres.url, folder },
      });
      balancer.targets.push(Number(new URL(portal.url).port));
      portals.push(portal);
    };
  }, longestMs);
  afterAll(async () => {
    for (const portal of portals) await portal.stop();
    await operator?.kill();
    await Promise.all(
      [balancer, keycloak, postgres, cluster].map(one => one?.stop()),
    );
    rmSync(folder, { recursive: true, force: true });
  }, longestMs);

  /** Calls Bailiwick's routes through the load balancer. */
  async function call(
    who: keyof typeof tokens,
    path: string,
    body?: unknown,
    at = balancer.url,
  ): Promise<any> {
    const response = await fetch(`${at}/api${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${tokens[who]}`,
        connection: 'close',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${path}: ${text}`);
    return text && JSON.parse(text);
  }

  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=Ben', '-c', 'user.email=b@x.test', ...args], {
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
    });
  let gitToken: string;
  const clone = () => join(folder, 'clone');
  const address = (at: string) =>
    `${at.replace(
      '//',
      `//x:${gitToken}@`,
    )}/api/bailiwick/git/${desk}/feed.git`;
  const main = () =>
    readFileSync(
      join(folder, repositoryPath, 'refs/heads/main'),
      'utf8',
    ).trim();

  async function commit(): Promise<string> {
    writeFileSync(join(clone(), 'functions.py'), `# ${pushed.length}\n`);
    await git('-C', clone(), 'commit', '--quiet', '--all', '--message', 'Edit');
    const { stdout } = await git('-C', clone(), 'rev-parse', 'HEAD');
    return stdout.trim();
  }

  async function push(at: string): Promise<void> {
    const next = await commit();
    await git('-C', clone(), 'push', '--quiet', address(at), 'HEAD:main');
    pushed.push(next);
  }

  const feed = () =>
    cluster.client.resource<App>(appKind).get('feed', { namespace });
  const isDeployed = (revision: string) =>
    eventually(
      'The app has the commit',
      async () => (await feed()).spec.source.revision === revision,
      60,
    );

  it(
    'start at the same time',
    async () => {
      const starts = [startPortal(), startPortal()];
      // If one fails, the other has to be stopped as well.
      await Promise.allSettled(starts);
      await Promise.all(starts);
      const logs = portals.map(portal => portal.log());
      const waits = logs.filter(log =>
        log.includes('Waiting for another portal to start'),
      );
      expect(waits.length).toBe(1);
    },
    longestMs,
  );

  it(
    'know who signed in to the other',
    async () => {
      const signIn = (username: string) =>
        eventually(
          `${username} signs in`,
          () => new Browser(balancer.url).signIn(username, password),
          60,
        );
      tokens.ada = await signIn(ada.username);
      tokens.ben = await signIn(ben.username);
      for (const { url } of portals)
        expect(
          await call('ada', '/bailiwick/me', undefined, url),
        ).toMatchObject({
          platformEngineer: true,
        });
    },
    longestMs,
  );

  it(
    'notify once',
    async () => {
      const ask = cluster.client
        .as({
          user: benRef,
          groups: ['group:default/rates', 'system:authenticated'],
        })
        .resource(changeRequestKind);
      await ask.create(request('another', 'another', { requestedBy: benRef }));
      const count = async () =>
        (await call('ada', '/notifications/notifications')).notifications
          .length;
      await eventually('Ada is notified', async () => (await count()) > 0, 60);
      await pause(2_000);
      expect(await count()).toBe(1);
      const sent = portals.map(
        portal => portal.log().match(/Notifications can't be sent/g) ?? [],
      );
      expect(sent.flat()).toEqual([]);
    },
    longestMs,
  );

  it(
    'serve a new app and a push',
    async () => {
      const base = `/bailiwick/tenants/${desk}`;
      const files = [{ path: 'functions.py', content: '# nothing yet\n' }];
      await eventually('Ben may build', () =>
        call('ben', `${base}/repositories`, { name: 'feed', files }),
      );
      await call('ben', `${base}/apps`, {
        name: 'feed',
        title: 'Feed',
        archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
        answers: {},
        environment: 'dev',
      });
      const { token } = await eventually('A git token', () =>
        call('ben', `${base}/apps/feed/grants`, { client: 'git', days: 1 }),
      );
      gitToken = token;
      await eventually('Both know the token', async () => {
        for (const { url } of portals) await git('ls-remote', address(url));
        return true;
      });
      await git('clone', '--quiet', address(balancer.url), clone());
      await push(balancer.url);
      await isDeployed(pushed[0]);
    },
    longestMs,
  );

  it(
    'take over pushes, tasks and streams of one that is killed',
    async () => {
      const [first, second] = portals;
      const tasks: string[] = await Promise.all(
        made.map(async name => {
          const values = { tenant: desk, name };
          const task = { templateRef: slowTemplateRef, values };
          return (await call('ben', '/scaffolder/v2/tasks', task, first.url))
            .id;
        }),
      );
      const eventsOf = (id: string): Promise<{ type: string; body: any }[]> =>
        call('ben', `/scaffolder/v2/tasks/${id}/events`, undefined, second.url);
      for (const id of tasks)
        await eventually('The code is written', async () =>
          (
            await eventsOf(id)
          ).some(
            ({ body }) =>
              body.stepId === 'render' && body.status === 'completed',
          ),
        );
      const stream = await first.call(
        '/api/bailiwick/tenants?watch=true',
        tokens.ben,
      );
      const ended = stream.text().catch(() => 'broken off');

      const next = await commit();
      const pushing = git(
        ...['-C', clone(), 'push', address(first.url), 'HEAD:main'],
      );
      const answer = pushing.then(
        () => pushed.push(next),
        () => pushed.push(next),
      );
      while (main() !== next) await pause(1);
      await first.kill();
      const killedAt = performance.now();
      await answer;
      expect(await ended).toBe('broken off');
      await eventually('The other portal answers', () =>
        call('ben', '/bailiwick/me'),
      );
      const failoverSeconds = (performance.now() - killedAt) / 1000;
      const again = await second.call(
        '/api/bailiwick/tenants?watch=true',
        tokens.ben,
      );
      expect(again.status).toBe(200);
      await again.body?.cancel();

      await isDeployed(next);
      const pushTakeoverSeconds = (performance.now() - killedAt) / 1000;
      expect(second.log()).toContain(`Published ${desk}/feed`);

      for (const id of tasks)
        await eventually(
          'The task is completed',
          async () => {
            const { status } = await call('ben', `/scaffolder/v2/tasks/${id}`);
            if (status === 'failed') throw new Error('The task failed');
            return status === 'completed';
          },
          120,
        );
      const events = (await Promise.all(tasks.map(eventsOf))).flat();
      expect(events.some(({ type }) => type === 'recovered')).toBe(true);
      for (const name of made)
        expect(existsSync(join(folder, `git/${desk}/${name}.git/HEAD`))).toBe(
          true,
        );
      Object.assign(figures, { failoverSeconds, pushTakeoverSeconds });
    },
    longestMs,
  );

  it(
    'deploy pushes in their order, whichever portal receives them',
    async () => {
      await startPortal();
      const [, second, third] = portals;
      const seen: string[] = [];
      let isWatching = true;
      const watching = (async () => {
        while (isWatching) {
          const { revision } = (await feed()).spec.source;
          if (seen.at(-1) !== revision) seen.push(revision);
          await pause(5);
        }
      })();
      for (let turn = 0; turn < 6; turn++)
        for (const { url } of [second, third]) await push(url);
      await isDeployed(pushed.at(-1)!);
      isWatching = false;
      await watching;
      const order = seen.map(revision => pushed.indexOf(revision));
      expect(order).toEqual(order.toSorted((a, b) => a - b));
      // No push is lost.
      const { stdout } = await git(
        ...['-C', join(folder, repositoryPath), 'rev-list', 'main'],
      );
      const lost = pushed.filter(one => !stdout.includes(one));
      Object.assign(figures, {
        pushes: pushed.length,
        lostPushes: lost.length,
      });
      const file = process.env.BAILIWICK_FIGURES;
      if (file) writeFileSync(file, JSON.stringify(figures));
      expect(lost).toEqual([]);
    },
    longestMs,
  );
});
