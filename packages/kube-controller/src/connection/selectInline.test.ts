import { stringify } from 'yaml';
import { KubeClient } from '../client';
import { selectInline } from './selectInline';

const kubeconfig = (
  user: object = { token: 'secret-token' },
  cluster: object = {},
) =>
  stringify({
    'current-context': 'west',
    contexts: [{ name: 'west', context: { cluster: 'c', user: 'u' } }],
    clusters: [
      { name: 'c', cluster: { server: 'https://west:6443', ...cluster } },
    ],
    users: [{ name: 'u', user }],
  });

describe('a kubeconfig from an untrusted source', () => {
  it('returns an address, credentials, and the impersonated user', () => {
    const text = kubeconfig({ token: 'secret-token', as: 'operator' });
    expect(selectInline(text)).toMatchObject({
      cluster: { server: 'https://west:6443' },
      user: { token: 'secret-token', as: 'operator' },
      files: [],
    });
    const client = KubeClient.fromKubeconfigText({ text, userAgent: 'test' });
    expect(client.server).toBe('https://west:6443');
  });

  it.each([
    [{ exec: { command: 'sh' } }, {}, 'exec'],
    [{ 'auth-provider': { name: 'gcp' } }, {}, 'auth-provider'],
    [{ tokenFile: '/var/run/secrets/token' }, {}, 'tokenFile'],
    [{ 'client-key': '/etc/key' }, {}, 'client-key'],
    [{ 'client-certificate': '/etc/crt' }, {}, 'client-certificate'],
    [{}, { 'certificate-authority': '/etc/ca' }, 'certificate-authority'],
    [{}, { 'proxy-url': 'http://inside' }, 'proxy-url'],
  ])('runs, reads and passes nothing for it: %j %j', (user, cluster, field) => {
    expect(() => selectInline(kubeconfig(user, cluster))).toThrow(
      `The kubeconfig has ${field}, which would run`,
    );
  });

  it.each([
    { 'insecure-skip-tls-verify': true },
    { server: 'http://west:6443' },
  ])('connects to no unknown server: %j', cluster => {
    expect(() => selectInline(kubeconfig({}, cluster))).toThrow(
      'does not check whom it talks to',
    );
  });

  it.each([
    ['{', 'The kubeconfig is not valid YAML'],
    ['', 'The file is not a kubeconfig'],
    ['- one', 'selects no cluster'],
    ['clusters: 5', 'The file is not a kubeconfig'],
    ['contexts: [null]', 'The file is not a kubeconfig'],
    ['current-context: east', 'has no context "east"'],
  ])('reports the problem with %j', (text, words) => {
    expect(() => selectInline(text)).toThrow(words);
  });

  it('quotes no credentials', () => {
    const broken = 'users: [{name: u, user: {token: hush-hush';
    expect(() => selectInline(broken)).toThrow(
      expect.not.objectContaining({
        message: expect.stringContaining('hush-hush'),
      }),
    );
  });
});
