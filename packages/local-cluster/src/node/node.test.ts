import { corefile } from '../addons/coredns';
import { hasUserNamespaces } from '../local/node';
import { containerdConfig } from './containerdConfig';
import { kubeletConfig } from './kubeletConfig';
import { parseNameservers } from './nameservers';
import type { NodePlan } from './NodePlan';

const plan = {
  name: 'bailiwick-a',
  network: {
    index: 7,
    address: '10.255.7.2',
    dnsService: '10.253.7.10',
    pods: '10.254.7.0/24',
  },
  runtime: (name: string) => `/bin/${name}`,
  own: (name: string) => `/own/${name}`,
  pki: '/pki',
  config: '/config',
  kubeletData: '/kubelet',
  containerdData: '/containerd',
  podLogs: '/logs',
  snapshotter: 'overlayfs',
  pauseImage: 'localhost/bailiwick/pause:1',
} as NodePlan;

describe('the configuration of a node', () => {
  it('makes the kubelet authorize every caller through the API server', () => {
    expect(kubeletConfig(plan)).toMatchObject({
      authentication: {
        anonymous: { enabled: false },
        webhook: { enabled: true },
      },
      authorization: { mode: 'Webhook' },
    });
  });

  it('keeps pods within the cgroup of their cluster', () => {
    expect(kubeletConfig(plan)).toMatchObject({ cgroupRoot: '/bailiwick-7' });
  });

  it('never lets containerd search for its pause image elsewhere', () => {
    expect(containerdConfig(plan)).toContain(
      "sandbox = 'localhost/bailiwick/pause:1'",
    );
  });
});

describe('name servers', () => {
  it('are taken from the machine, but not its own loopback ones', () => {
    const text =
      'search x\nnameserver 127.0.0.53\nnameserver 192.0.2.1\nnameserver fe80::1\n';
    expect(parseNameservers(text)).toEqual(['192.0.2.1']);
  });

  it('forward foreign names, which do not exist without a forwarder', () => {
    expect(corefile(['192.0.2.1'])).toContain('forward . 192.0.2.1');
    expect(corefile([])).not.toContain('forward');
  });
});

describe('user namespaces', () => {
  const supported = (name: string | undefined, userNamespaces: boolean) =>
    hasUserNamespaces({
      status: { runtimeHandlers: [{ name, features: { userNamespaces } }] },
    });

  it('count for the default runtime handler, which runs the pods of apps', () => {
    expect(supported('', true)).toBe(true);
    expect(supported(undefined, true)).toBe(true);
    expect(supported('', false)).toBe(false);
    expect(supported('kata', true)).toBe(false);
    expect(hasUserNamespaces({})).toBe(false);
  });
});
