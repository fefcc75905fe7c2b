import {
  appKind,
  homeNamespace,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { Gitea, type GiteaAccount } from '@bailiwick/backstage-testing/gitea';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { createTenant } from '../../__testUtils__/createTenant';
import type { Name } from '../../__testUtils__/people';
import { startPortal, type Portal } from '../../__testUtils__/startPortal';

const run = promisify(execFile);

/** Path of the tenant in the API of the portal. */
export const base = '/tenants/rates-desk';
/** Namespace of its apps. */
export const namespace = homeNamespace('rates-desk');

/** Secret of the webhooks of the portal. */
export const webhookSecret = 'the secret of the webhooks';

/** A portal whose new repositories are at a real Gitea. */
export class GitHostWorld {
  readonly folder: string;
  readonly gitea: Gitea;
  /** The account of the portal, which owns the organization. */
  readonly bot: GiteaAccount;
  /** A person at the git host, whom the portal does not know. */
  readonly carl: GiteaAccount;
  readonly portal: Portal;

  private constructor(
    parts: Pick<GitHostWorld, 'folder' | 'gitea' | 'bot' | 'carl' | 'portal'>,
  ) {
    this.folder = parts.folder;
    this.gitea = parts.gitea;
    this.bot = parts.bot;
    this.carl = parts.carl;
    this.portal = parts.portal;
  }

  /** Starts both. @param pollSeconds - seconds between two looks of the portal at all repositories */
  static async start(pollSeconds: number): Promise<GitHostWorld> {
    const gitea = await Gitea.start();
    const folder = await mkdtemp(join(tmpdir(), 'external-'));
    const bot = await gitea.createAccount('bot');
    const carl = await gitea.createAccount('carl');
    await gitea.api('POST', '/orgs', { username: 'platform' }, bot);
    const { host, url } = gitea;
    const settings = {
      repositories: `${url}/platform/{tenant}.{app}`,
      webhookSecret,
      pollSeconds,
    };
    const entry = { host, baseUrl: url, username: 'bot', password: bot.token };
    const portal = await startPortal({
      config: {
        integrations: { gitea: [entry] },
        bailiwick: { git: { host: settings } },
      },
    });
    await createTenant(portal.cluster.client);
    await portal.shows('bea', '/tenants', 'rates-desk');
    return new GitHostWorld({ folder, gitea, bot, carl, portal });
  }

  async stop(): Promise<void> {
    await this.portal.stop();
    await this.gitea.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  makeRepository(name: string, content = '# nothing yet\n') {
    return this.portal.call('bea', 'POST', `${base}/repositories`, {
      name,
      files: [{ path: 'functions.py', content }],
    });
  }

  /** Creates an app, and lets Carl push to its repository. */
  async makeApp(name: string): Promise<void> {
    requireCreated(await this.makeRepository(name));
    const app = await this.portal.call('bea', 'POST', `${base}/apps`, {
      name,
      title: name,
      archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
      answers: {},
      environment: 'dev',
    });
    requireCreated(app);
    await this.portal.shows('bea', '/apps', name);
    const carl = `/repos/platform/rates-desk.${name}/collaborators/carl`;
    await this.gitea.api('PUT', carl, { permission: 'admin' }, this.bot);
  }

  address(name = 'feed'): string {
    return `${this.gitea.url}/platform/rates-desk.${name}.git`;
  }

  /** Runs git as Carl and returns its output. */
  async git(...args: string[]): Promise<string> {
    const author = ['-c', 'user.name=Carl', '-c', 'user.email=c@x.test'];
    const { stdout } = await run('git', [...author, ...args], {
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
    });
    return stdout.trim();
  }

  /** Clones the repository of the feed, commits and pushes; returns the commit. */
  async push(
    files: Record<string, string>,
    { commit = [] as string[], options = [] as string[] } = {},
  ): Promise<string> {
    const clone = await mkdtemp(join(this.folder, 'clone-'));
    const from = this.address().replace('//', `//carl:${this.carl.token}@`);
    await this.git('clone', '--quiet', from, clone);
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(clone, path)), { recursive: true });
      await writeFile(join(clone, path), content);
    }
    await this.git('-C', clone, 'add', '--all');
    const make = ['commit', '--quiet', '--message', 'Edit', ...commit];
    await this.git('-C', clone, ...make);
    const push = ['push', '--quiet', ...options, 'origin', 'HEAD'];
    await this.git('-C', clone, ...push);
    return this.git('-C', clone, 'rev-parse', 'HEAD');
  }

  /** Reads the newest commit at the host with git: Gitea's API knows it a moment later. */
  async head(branch = 'main', name = 'feed'): Promise<string> {
    const from = this.address(name).replace('//', `//bot:${this.bot.token}@`);
    const line = await this.git('ls-remote', from, `refs/heads/${branch}`);
    return line.split('\t')[0];
  }

  /** Calls Gitea's API about the repository of the feed, as the portal's account. */
  api(method: string, path: string, body?: object) {
    const feed = `/repos/platform/rates-desk.feed${path}`;
    return this.gitea.api(method, feed, body, this.bot);
  }

  apps() {
    return this.portal.cluster.client.resource<App>(appKind);
  }

  /** Waits until the feed has a commit. */
  runs(commit: string) {
    return eventually('The app has the commit', async () => {
      const { spec } = await this.apps().get('feed', { namespace });
      return spec.source.revision === commit;
    });
  }

  /** Returns the repository of the feed as the portal shows it to a person. */
  async repository(who: Name = 'bea') {
    const path = `${base}/apps/feed/repository`;
    return (await this.portal.call(who, 'GET', path)).body;
  }
}

/** @throws Error with the response of the portal */
function requireCreated({ body, status }: { body: unknown; status: number }) {
  if (status !== 201) throw new Error(`${status}: ${JSON.stringify(body)}`);
}
