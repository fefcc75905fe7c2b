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

/** A kubeconfig of an unreachable server. JSON is YAML. */
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

  const refuse = (status: number, message: string) => () =>
    Promise.reject(new KubeApiError(status, { message } as never));

  it.each<[string, () => Promise<number>, RegExp]>([
    [
      'of this program',
      () => Promise.reject(new CommandError('No.', 'Ask again.')),
      /^\nNo\.\nAsk again\.\n$/,
    ],
    [
      'without its kubeconfig',
      () => listNamespaces('/nowhere'),
      /^\nNo kubeconfig was found at \/nowhere; check the path\.\n$/,
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
      refuse(403, 'User "eve" cannot list resource "secrets" in API group ""'),
      /^\nThe API server refused this: .+""\.\nUse the kubeconfig .+\n$/,
    ],
    [
      'after the end of a login',
      refuse(401, 'Unauthorized'),
      /^\nThe API server rejected the login: Unauthorized\.\nSign in .+\n$/,
    ],
  ])('%s prints a message and a remedy', async (_, run, expected) => {
    await runMain(run);
    expect(printed).toMatch(expected);
    expect(process.exitCode).toBe(1);
  });

  it.each([
    new TypeError('x is undefined'),
    new KubeApiError(403, { message: 'exceeded quota' } as never),
  ])('that nobody expects prints a stack: %s', async error => {
    await runMain(() => Promise.reject(error));
    expect(printed).toContain(`${error}\n    at `);
  });
});
