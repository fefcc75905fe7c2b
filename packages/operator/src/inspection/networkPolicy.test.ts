import {
  readEnforcement,
  type DaemonSet,
  type NetworkFacts,
} from './networkPolicy';

type Container = { name: string; image?: string; args?: string[] };

function daemonSet(
  name: string,
  containers: Container[] = [],
  ready = 2,
): DaemonSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: 'kube-system' },
    spec: { template: { spec: { hostNetwork: true, containers } } },
    status: { numberReady: ready },
  };
}

function read(signs: Partial<NetworkFacts>) {
  return readEnforcement({
    nodes: 2,
    daemonSets: [],
    settings: {},
    hasOwnEnforcer: false,
    ...signs,
  });
}

const agent = (value: boolean) => [
  { name: 'aws-node' },
  {
    name: 'aws-eks-nodeagent',
    args: [`--enable-network-policy=${value}`],
  },
];
const kindnet = (tag: string) => [
  { name: 'kindnet-cni', image: `docker.io/kindest/kindnetd:${tag}` },
];

describe('readEnforcement', () => {
  it.each([
    ['Calico', daemonSet('calico-node')],
    ['Cilium', daemonSet('cilium')],
    ['Dataplane V2 of GKE', daemonSet('anetd')],
    ['kindnet of today', daemonSet('kindnet', kindnet('v20250512-df8de77b'))],
    ['the VPC CNI with its agent on', daemonSet('aws-node', agent(true))],
    ['Weave with npc', daemonSet('weave-net', [{ name: 'weave-npc' }])],
  ])('recognizes %s as enforcing', (_what, found) => {
    const daemonSets = [daemonSet('kube-proxy'), found];
    expect(read({ daemonSets })).toMatchObject({ status: 'True' });
  });

  it.each([
    ['the VPC CNI without agent', daemonSet('aws-node'), /agent is disabled/],
    [
      'the VPC CNI with its agent off',
      daemonSet('aws-node', agent(false)),
      /agent is disabled/,
    ],
    [
      'an old kindnet',
      daemonSet('kindnet', kindnet('v20230511-dc714da8')),
      /since kind 0.24/,
    ],
    ['Flannel', daemonSet('kube-flannel-ds'), /does not support them/],
    [
      'kube-router without firewall',
      daemonSet('kube-router', [
        { name: 'kube-router', args: ['--run-firewall=false'] },
      ]),
      /run-firewall is false/,
    ],
    [
      'Calico that does not run',
      daemonSet('calico-node', [], 0),
      /none of its pods is ready/,
    ],
  ])(
    'recognizes %s as not enforcing, with the reason',
    (_what, found, words) => {
      expect(read({ daemonSets: [found] })).toMatchObject({
        status: 'False',
        message: expect.stringMatching(words),
      });
    },
  );

  it.each([
    [
      'aws-node',
      agent(true),
      { 'amazon-vpc-cni': { 'enable-network-policy-controller': 'false' } },
    ],
    ['cilium', [], { 'cilium-config': { 'enable-policy': 'never' } }],
  ])('applies the settings of %s', (name, containers, settings) => {
    const daemonSets = [daemonSet(name, containers)];
    expect(read({ daemonSets, settings })).toMatchObject({ status: 'False' });
  });

  it('promises nothing while it is so on some nodes only', () => {
    const daemonSets = [daemonSet('calico-node', [], 1)];
    expect(read({ daemonSets })).toMatchObject({
      status: 'Unknown',
      message: expect.stringMatching(/on 1 of 2 nodes/),
    });
  });

  it('combines a plugin’s pods on different nodes', () => {
    const daemonSets = [
      daemonSet('azure-npm', [], 1),
      daemonSet('azure-npm-win', [], 1),
    ];
    expect(read({ daemonSets })).toMatchObject({ status: 'True' });
  });

  it('does not mistake pods of a tenant for a plugin', () => {
    const found = daemonSet('calico-node');
    found.spec!.template!.spec!.hostNetwork = false;
    expect(read({ daemonSets: [found] })).toMatchObject({ status: 'Unknown' });
  });

  it('counts an enforcing plugin beside one that does not enforce', () => {
    const daemonSets = [daemonSet('kube-flannel'), daemonSet('canal')];
    expect(read({ daemonSets })).toMatchObject({ status: 'True' });
  });

  it('does not guess', () => {
    const daemonSets = [daemonSet('some-network')];
    expect(read({ daemonSets })).toMatchObject({
      status: 'Unknown',
      reason: 'UnknownPlugin',
    });
    expect(read({ nodes: 0, hasOwnEnforcer: true })).toMatchObject({
      status: 'Unknown',
      reason: 'NoNodes',
    });
  });

  it('recognizes the enforcer of the local cluster', () => {
    expect(read({ hasOwnEnforcer: true })).toMatchObject({ status: 'True' });
  });
});
