import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { KubeApiError } from '@bailiwick/backstage-kube-controller';
import { app } from '@bailiwick/backstage-testing/objects';
import type { CatalogSubjects } from '../authorization';
import type { BailiwickConfig } from '../config';
import { GitHost } from '../git/GitHost';
import { Publisher } from '../git/Publisher';
import { RepositoryService } from '../git/RepositoryService';
import { gitText } from '../git/runGit';
import { JupyterPod } from './__testUtils__/JupyterPod';
import { WorkspaceCode } from './WorkspaceCode';

jest.setTimeout(30_000); // git is run many times

const bea = { user: 'user:default/bea', groups: [] };
const place = { tenant: 'rates-desk', name: 'feed' };
const repository = { ...place, tenantUid: 'uid-1' };
const author = { name: 'rita', email: 'rita@example.com' };

describe('WorkspaceCode', () => {
  const directory = createMockDirectory();
  const resource = { create: jest.fn(), get: jest.fn(), patch: jest.fn() };
  const { signal } = new AbortController();
  let auditor: ReturnType<typeof mockServices.auditor.mock>;
  let event: { success: jest.Mock; fail: jest.Mock };
  let code: WorkspaceCode;
  let first: string;
  let host: GitHost;
  let pod: JupyterPod;
  let isReady: boolean;

  beforeEach(async () => {
    directory.clear();
    isReady = true;
    resource.create.mockReset().mockResolvedValue({});
    resource.get.mockResolvedValue(app('feed', 'rates-desk--home'));
    resource.patch.mockReset().mockResolvedValue({});
    host = new GitHost({ directory: directory.path });
    first = await host.create(
      repository,
      [
        { path: 'functions.py', content: 'x = "ä"\n' },
        { path: 'data/logo.png', content: '\u0000PNG' },
      ],
      author,
    );
    const kubernetes = {
      as: () => ({ resource: () => resource }),
      progress: () => ({ ready: isReady }),
      lists: {
        apps: { get: () => app('feed', 'rates-desk--home') },
        tenants: { get: () => ({ metadata: { uid: repository.tenantUid } }) },
      },
    } as unknown as KubernetesService;
    const repositories = new RepositoryService({
      host,
      kubernetes,
      config: {} as BailiwickConfig,
    });
    event = { success: jest.fn(), fail: jest.fn() };
    auditor = mockServices.auditor.mock();
    auditor.createEvent.mockResolvedValue(event);
    pod = new JupyterPod();
    await pod.start();
    code = new WorkspaceCode({
      auditor,
      repositories,
      publisher: new Publisher({
        kubernetes,
        logger: mockServices.logger.mock(),
        repositories,
        subjects: {} as CatalogSubjects,
      }),
      person: () => bea,
      place,
      workspace: 'feed.default.bea',
      environment: 'dev',
      connect: pod.connect,
    });
  });
  afterEach(() => pod.stop());

  const publish = {
    kind: 'publish',
    id: '1f2e',
    message: 'Add squares',
    files: [{ path: 'functions.py', content: 'y = 1\n' }],
  };
  /** Lets the workspace send a request, and returns the response. */
  const ask = async (request: unknown) => {
    pod.asked.push(request);
    await code.answerNext(signal);
    return pod.received.at(-1)?.body;
  };
  const log = (format: string) =>
    gitText([
      ...['-C', host.folder(repository)],
      ...['log', `--format=${format}`, '-1'],
    ]);

  describe('checkOut', () => {
    it('writes the text files of the newest commit into an empty workspace', async () => {
      await code.checkOut();
      expect(pod.received).toEqual([
        {
          path: '/bailiwick/code',
          body: { commit: first, files: { 'functions.py': 'x = "ä"\n' } },
        },
      ]);
    });

    it('keeps the code of a workspace that has some', async () => {
      pod.state = { commit: first };
      await code.checkOut();
      expect(pod.received).toEqual([]);
    });

    it('accepts that another window was faster', async () => {
      pod.putStatus = 409;
      await expect(code.checkOut()).resolves.toBeUndefined();
    });

    it('reports why the workspace refuses the code', async () => {
      pod.putStatus = 400;
      await expect(code.checkOut()).rejects.toThrow('It has code already');
    });
  });

  describe('answerNext', () => {
    it('returns without a request', async () => {
      await code.answerNext(signal);
      expect(pod.requests.map(({ url }) => url)).toEqual([
        '/bailiwick/requests?wait=25',
      ]);
    });

    it('commits as the person, and deploys the commit', async () => {
      const answer = await ask({ ...publish, base: first });
      const commit = await host.head(repository);
      expect(answer).toEqual({
        commit,
        text: 'It runs in dev in a few seconds.',
      });
      expect(pod.received[0].path).toBe('/bailiwick/requests/1f2e');
      expect(await log('%P %an %s')).toBe(`${first} bea Add squares`);
      expect(resource.patch).toHaveBeenCalledWith(
        'feed',
        expect.objectContaining({ spec: { source: { revision: commit } } }),
        { namespace: 'rates-desk--home' },
      );
      expect(auditor.createEvent).toHaveBeenCalledWith({
        eventId: 'workspace-publish',
        severityLevel: 'medium',
        meta: { ...place, user: bea.user, workspace: 'feed.default.bea' },
      });
      expect(event.success).toHaveBeenCalledWith({ meta: { commit } });
      expect(event.fail).not.toHaveBeenCalled();
    });

    it('says that a commit is deployed later', async () => {
      isReady = false;
      const { commit, text } = await ask({ ...publish, base: first });
      expect(commit).toBe(await host.head(repository));
      expect(text).toMatch(
        /^Your code is saved, but not deployed yet\. The cluster is unreachable\./,
      );
    });

    it('asks for a pull when others committed', async () => {
      await ask({ ...publish, base: first });
      const answer = await ask({ ...publish, base: first });
      expect(answer).toEqual({
        error: expect.stringMatching(/^The main branch has a newer commit/),
        next: expect.stringMatching(/^Run `bailiwick pull`/),
      });
      expect(event.fail).toHaveBeenCalledTimes(1);
    });

    it('asks for no pull when the tenant has no space', async () => {
      jest.spyOn(host, 'spaceProblem').mockResolvedValue('There is no space.');
      expect(await ask({ ...publish, base: first })).toEqual({
        error: 'There is no space.',
      });
    });

    it('reports that the person may not build any more', async () => {
      resource.create.mockRejectedValue(
        new KubeApiError(403, { message: 'bea cannot create' }),
      );
      expect(await ask({ ...publish, base: first })).toEqual({
        error: 'bea cannot create',
      });
      expect(await host.head(repository)).toBe(first);
      expect(event.fail).toHaveBeenCalledWith({ error: expect.any(Error) });
      expect(event.success).not.toHaveBeenCalled();
    });

    it('returns the newest code for a pull, without an audit event', async () => {
      expect(await ask({ kind: 'pull', id: '1f2e' })).toEqual({
        commit: first,
        files: { 'functions.py': 'x = "ä"\n' },
      });
      expect(auditor.createEvent).not.toHaveBeenCalled();
    });

    it.each(['../x.py', '/etc/passwd', '.git/config', 'a//b.py', 'data'])(
      'commits no file at %s',
      async path => {
        const files = [{ path, content: 'x' }];
        const answer = await ask({ ...publish, base: first, files });
        expect(answer).toEqual({ error: expect.stringContaining(path) });
        expect(await host.head(repository)).toBe(first);
      },
    );

    it.each<[string, object]>([
      ['of an unknown kind', { kind: 'shell' }],
      ['without a kind', { kind: undefined }],
      ['on no commit', { base: 'main' }],
      ['without a message', { message: ' ' }],
      ['without files', { files: [] }],
      [
        'with more than 200 files',
        {
          files: Array.from({ length: 201 }, (_, index) => ({
            path: `${index}.py`,
            content: '',
          })),
        },
      ],
      [
        'with a file of more than 1 MiB',
        { files: [{ path: 'x', content: 'x'.repeat(1024 ** 2 + 1) }] },
      ],
      ['with a number as a file', { files: [{ path: 'x.py', content: 3 }] }],
    ])('refuses a request %s', async (_, forged) => {
      expect(await ask({ ...publish, base: first, ...forged })).toEqual({
        error: 'The portal does not understand this request.',
      });
      expect(await host.head(repository)).toBe(first);
    });

    it.each([
      { toString: 1 },
      3,
      undefined,
      '',
      '../code',
      'x'.repeat(101),
      '\ud800',
    ])('commits nothing for the id %j', async id => {
      await expect(ask({ ...publish, base: first, id })).rejects.toThrow(
        'its request has no valid id',
      );
      expect(pod.received).toEqual([]);
      expect(await host.head(repository)).toBe(first);
    });

    it.each([null, 'text', []])('refuses %j', async forged => {
      await expect(ask(forged)).rejects.toThrow('no valid id');
    });

    it('refuses what is not JSON', async () => {
      pod.answer = (_req, res) => res.end('<html>');
      await expect(code.answerNext(signal)).rejects.toThrow('is not JSON');
    });

    it('reports the error of the server', async () => {
      pod.answer = (_req, res) => res.writeHead(500).end('{"error":"Broken"}');
      await expect(code.answerNext(signal)).rejects.toThrow('Broken');
    });
  });
});
