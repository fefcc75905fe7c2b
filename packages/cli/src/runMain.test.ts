/** @jest-environment node */
import {
  coreKinds,
  KubeApiError,
  KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError } from './CommandError';
import { runMain } from './runMain';

/** A kubeconfig of a server that nobody runs. JSON is YAML. */
const unreachable = {
  'current-context': 'test',
  contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
  clusters: [{ name: 'test', cluster: { server: 'http://127.0.0.1:1' } }],
  users: [{ name: 'test', user: {} }],
};

describe('a failed command', () => {
  const { exitCode } = process;
  const folder = mkdtempSync(join(tmpdir(), 'main-'));
  const kubeconfig = join(folder, 'kubeconfig');
  let printed: string;

  beforeEach(() => {
    printed = '';
    jest.spyOn(process.stderr, 'write').mockImplementation(text => {
      printed += text;
      return true;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.exitCode = exitCode;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function listNamespaces(path: string): Promise<number> {
    const client = KubeClient.fromKubeconfig({ path, userAgent: 'test' });
    await client.resource(coreKinds.namespaces).list();
    return 0;
  }

  it.each<[string, () => Promise<number>, RegExp]>([
    [
      'of this program',
      () => Promise.reject(new CommandError('No.', 'Ask again.')),
      /^\nNo\.\nAsk again\.\n$/,
    ],
    [
      'without its kubeconfig',
      () => listNamespaces('/nowhere'),
      /^\nNo kubeconfig was found at \/nowhere\.\nSet --kubeconfig to .+\n$/,
    ],
    [
      'without a server',
      () => {
        writeFileSync(kubeconfig, JSON.stringify(unreachable));
        return listNamespaces(kubeconfig);
      },
      /^\nThe API server http:\/\/127\.0\.0\.1:1 is unreachable: .+\.\nCheck that .+\n$/,
    ],
    [
      'without rights',
      () =>
        Promise.reject(
          new KubeApiError(403, { message: 'No secrets' } as never),
        ),
      /^\nThe API server refused this: No secrets\.\nUse the kubeconfig .+\n$/,
    ],
  ])('%s prints a message and a remedy', async (_, run, expected) => {
    await runMain(run);
    expect(printed).toMatch(expected);
    expect(process.exitCode).toBe(1);
  });

  it('that nobody expects prints a stack', async () => {
    await runMain(() => Promise.reject(new TypeError('x is undefined')));
    expect(printed).toContain('TypeError: x is undefined\n    at ');
  });
});
