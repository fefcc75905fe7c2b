import { KubeApiError } from '@bailiwick/backstage-kube-controller';
import type { App } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { app } from '@bailiwick/backstage-testing/objects';
import type { RepositoryService } from '../git/RepositoryService';
import { TryService } from './TryService';

const bea = { user: 'user:default/bea', groups: [] };
const base = 'a'.repeat(40);
const contract = {
  functions: [
    {
      name: 'prices',
      parameters: {},
      result: { kind: 'table', columns: [{ name: 'price', type: 'Money' }] },
    },
  ],
};

const podOf = (environment: string, running = true) => ({
  metadata: {
    name: `prices-${environment}`,
    namespace: `rates-desk--${environment}`,
    labels: { 'app.kubernetes.io/name': 'prices' },
  },
  status: {
    containerStatuses: [
      { name: 'app', state: running ? { running: {} } : { waiting: {} } },
    ],
  },
});

describe('TryService', () => {
  const callPod = jest.fn();
  let pods: object[];
  let protectedDev: boolean;
  let tries: TryService;

  beforeEach(() => {
    callPod.mockReset().mockResolvedValue({ contract, log: '' });
    pods = [podOf('dev')];
    protectedDev = false;
    tries = new TryService({
      kubernetes: {
        callPod,
        lists: {
          pods: { list: () => pods },
          tenants: {
            get: () => ({
              spec: {
                environments: [{ name: 'dev', protected: protectedDev }],
              },
            }),
          },
        },
      } as unknown as KubernetesService,
      repositories: {
        bundle: async () => Buffer.from('code'),
      } as unknown as RepositoryService,
    });
  });

  const appIn = (environments: App['spec']['environments']): App =>
    app('prices', 'rates-desk--home', { environments });
  const draft = appIn([
    { name: 'prod', release: 'prices-r1' },
    { name: 'dev', revision: 'draft' },
  ]);
  const attempt = (of: App = draft, name?: string) =>
    tries.attempt(bea, 'rates-desk', of, {
      base,
      files: [{ path: 'functions.py', content: 'x = 1\n' }],
      ...(name && { function: name, parameters: { n: 1 } }),
    });

  it('ends a try when the person leaves, and makes room for others', async () => {
    callPod.mockImplementation(
      (_pod, _path, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    );
    const left = new AbortController();
    const asked = { base, files: [] };
    const endless = Array.from({ length: 4 }, () =>
      tries.attempt(bea, 'rates-desk', draft, asked, left.signal),
    );
    const ended = Promise.allSettled(endless);
    await expect(attempt()).rejects.toThrow('4 tries of rates-desk');
    left.abort();
    expect((await ended).map(({ status }) => status)).toEqual(
      Array.from({ length: 4 }, () => 'rejected'),
    );
    callPod.mockResolvedValue({ contract, log: '' });
    await expect(attempt()).resolves.toMatchObject({ environment: 'dev' });
  });

  it('sends the code of the commit with the changes to a pod of the draft', async () => {
    callPod.mockResolvedValue({
      contract,
      answer: { rows: [{ price: 1, other: 2 }], count: 1 },
      seconds: { load: 0.1, call: 0.2 },
      log: 'said',
    });
    expect(await attempt(draft, 'prices')).toMatchObject({
      environment: 'dev',
      result: { rows: [{ price: 1 }], count: 1, first: 1 },
      seconds: 0.2,
      log: 'said',
    });
    expect(callPod).toHaveBeenCalledWith(
      { namespace: 'rates-desk--dev', name: 'prices-dev', port: 8080 },
      '/try',
      expect.objectContaining({
        body: {
          archive: Buffer.from('code').toString('base64'),
          changes: { 'functions.py': 'x = 1\n' },
          function: 'prices',
          parameters: { n: 1 },
          rows: 5_000,
        },
      }),
    );
  });

  it('runs the tests of the code, and refuses a report that is none', async () => {
    const report = {
      passed: 1,
      failed: 1,
      skipped: 0,
      seconds: 0.2,
      failures: [{ name: 'test_a', message: 'assert 1 == 2' }],
    };
    callPod.mockResolvedValue({ contract, tests: report, log: '1 failed' });
    const test = () =>
      tries.attempt(bea, 'rates-desk', draft, { base, files: [], tests: true });
    expect(await test()).toMatchObject({ tests: report, log: '1 failed' });
    const [, , { body }] = callPod.mock.calls[0];
    expect(body).toMatchObject({ tests: true, changes: {} });
    expect(body).not.toHaveProperty('function');
    callPod.mockResolvedValue({ tests: { ...report, passed: -1 } });
    await expect(test()).rejects.toThrow('The result cannot be read');
  });

  it('returns how to pin columns, beside the problem that they are missing', async () => {
    const problems = [{ file: 'functions.py', line: 3, message: 'no columns' }];
    const answer = { rows: [{ price: 1 }], count: 1 };
    const inferred = { contract, problems, answer, log: '' };
    const pinned = { rows: 1, file: 'functions.py', content: 'x = 2\n' };
    callPod.mockResolvedValue({ ...inferred, pin: pinned });
    expect(await attempt(draft, 'prices')).toMatchObject({
      problems,
      pin: { rows: 1, changed: { path: 'functions.py', content: 'x = 2\n' } },
      result: { rows: [{ price: 1 }] },
    });
    const refusal = 'Column "price" has no values.';
    callPod.mockResolvedValue({ ...inferred, pin: { rows: 1, refusal } });
    const { pin } = await attempt(draft, 'prices');
    expect(pin).toEqual({ rows: 1, refusal });
  });

  it('returns why code does not load, or fails', async () => {
    const problems = [{ file: 'functions.py', line: 3, message: 'wrong' }];
    callPod.mockResolvedValue({ problems, log: '' });
    expect(await attempt()).toEqual({ environment: 'dev', problems, log: '' });
    const error = { message: 'KeyError', file: 'functions.py', line: 3 };
    callPod.mockResolvedValue({ contract, error, log: '' });
    const failed = await attempt(draft, 'prices');
    expect(failed).toMatchObject({ error });
    expect(failed.result).toBeUndefined();
  });

  it.each<[string, App, object[], RegExp]>([
    [
      'no draft',
      appIn([{ name: 'prod', release: 'prices-r1' }]),
      [podOf('prod')],
      /^No environment runs the newest commit\. On the Deploy tab/,
    ],
    ['no running pod', draft, [podOf('dev', false)], /No pod .* in dev; check/],
    [
      'a paused draft',
      appIn([{ name: 'dev', revision: 'draft', suspended: true }]),
      [],
      /^The app is paused in dev; resume it/,
    ],
  ])('explains what to do with %s', async (_, of, running, message) => {
    pods = running;
    await expect(attempt(of)).rejects.toThrow(message);
    expect(callPod).not.toHaveBeenCalled();
  });

  it('tries nothing in an environment that became protected', async () => {
    protectedDev = true;
    await expect(attempt()).rejects.toThrow(/^No environment runs the newest/);
    expect(callPod).not.toHaveBeenCalled();
  });

  it('tells a runtime that is too old from one that is being replaced', async () => {
    callPod.mockRejectedValue(new KubeApiError(404, {}, { text: '{}' }));
    await expect(attempt()).rejects.toThrow(/^The newest commit is still/);
    const { revision } = draft.spec.source;
    const status = { environments: [{ name: 'dev', revision }] };
    const running = { ...draft, status } as App;
    await expect(attempt(running)).rejects.toThrow(/^The runtime of the app/);
  });

  it.each([
    [429, '2 tries of this app are running; try again', /^2 tries of this app/],
  ])(
    'explains a refusal of the pod with %i',
    async (status, message, words) => {
      const text = JSON.stringify({ error: { message } });
      callPod.mockRejectedValue(new KubeApiError(status, {}, { text }));
      await expect(attempt()).rejects.toThrow(words);
    },
  );

  it.each([
    { contract: 1 },
    { problems: [1] },
    'text',
    { error: {} },
    { pin: { rows: -1 } },
    { pin: { rows: 1, file: 'functions.py', content: 1 } },
  ])('refuses a forged answer: %j', async answer => {
    callPod.mockResolvedValue(answer);
    await expect(attempt()).rejects.toThrow(/^The result cannot be read/);
  });

  describe('types', () => {
    it('returns the types of the libraries in the pod of a draft', async () => {
      const types = { python: '3.11', files: { 'pandas/__init__.pyi': '' } };
      callPod.mockResolvedValue(types);
      expect(await tries.types(bea, 'rates-desk', draft)).toEqual(types);
      expect(callPod).toHaveBeenCalledWith(
        { namespace: 'rates-desk--dev', name: 'prices-dev', port: 8080 },
        '/types',
        expect.objectContaining({ maxBytes: expect.any(Number) }),
      );
    });

    const files = { 'pandas/__init__.pyi': '' };
    it.each([
      undefined,
      'types',
      { files },
      { python: '3.11' },
      { python: '3.11; x', files },
      { python: '3.11', files: { '<a>': '' } },
      { python: '3.11', files: { '../typeshed/stdlib/builtins.pyi': '' } },
      { python: '3.11', files: { 'a/../../code/x.py': '' } },
      { python: '3.11', files: { '/code/x.py': '' } },
      { python: '3.11', files: { 'a.pyi': 3 } },
      {
        python: '3.11',
        files: Object.fromEntries(
          Array.from({ length: 20_001 }, (_, index) => [`${index}.pyi`, '']),
        ),
      },
    ])('refuses what is not from the runtime', async answer => {
      callPod.mockResolvedValue(answer);
      const asked = tries.types(bea, 'rates-desk', draft);
      await expect(asked).rejects.toThrow(/not from the runtime/);
    });
  });
});
