import { platform } from 'node:process';
import { kubernetesOnPath, runtimeOnPath } from './onMachine';
import type { Download, ProgramSet } from './ProgramSet';
import { machine, versions } from './versions';

const github = 'https://github.com';

/** Our own small programs: always built, because no one else releases them. */
export const cellSet: ProgramSet = {
  name: 'cell',
  title: 'certificates and isolation',
  version: '1',
  programs: ['cell', 'pause'],
  builds: [{ module: 'go', packages: ['./cell', './pause'] }],
};

const kubernetesServers = [
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubelet',
  'kube-proxy',
  'kubectl',
];

/** The Kubernetes servers with etcd. */
export const kubernetesSet: ProgramSet = {
  name: 'kubernetes',
  title: `Kubernetes ${versions.kubernetes}`,
  version: versions.kubernetes,
  programs: ['etcd', ...kubernetesServers],
  builds: [
    {
      module: 'go',
      packages: ['./kube'],
      stamps: {
        'k8s.io/component-base/version.gitVersion': `v${versions.kubernetes}`,
        'k8s.io/client-go/pkg/version.gitVersion': `v${versions.kubernetes}`,
      },
    },
  ],
  links: { to: 'kube', names: ['etcd', ...kubernetesServers] },
  downloads: [
    ...kubernetesServers.map((program): Download => {
      const url = `https://dl.k8s.io/release/v${versions.kubernetes}/bin/${platform}/${machine}/${program}`;
      return { url, sums: `${url}.sha256`, program };
    }),
    fromGitHub(
      'etcd-io/etcd',
      versions.etcd,
      `etcd-v${versions.etcd}-${platform}-${machine}.tar.gz`,
      {
        sums: 'SHA256SUMS',
        members: { etcd: `etcd-v${versions.etcd}-${platform}-${machine}/etcd` },
      },
    ),
  ],
  onMachine: kubernetesOnPath,
};

const cniPlugins = ['ptp', 'host-local'];
const containerdPrograms = ['containerd', 'containerd-shim-runc-v2', 'ctr'];

/** The programs that run containers: containerd, runc and the network plugins. */
export const runtimeSet: ProgramSet = {
  name: 'runtime',
  title: `containerd ${versions.containerd}, runc ${versions.runc}`,
  version: versions.containerd,
  programs: [...containerdPrograms, 'runc', ...cniPlugins],
  builds: [
    {
      module: 'go-runtime',
      packages: containerdPrograms.map(
        each => `github.com/containerd/containerd/v2/cmd/${each}`,
      ),
      tags: ['no_btrfs'],
      stamps: {
        'github.com/containerd/containerd/v2/version.Version':
          versions.containerd,
      },
    },
    {
      module: 'go-runtime',
      packages: [
        'github.com/containernetworking/plugins/plugins/main/ptp',
        'github.com/containernetworking/plugins/plugins/ipam/host-local',
      ],
    },
    {
      module: 'go-runtime',
      packages: ['github.com/opencontainers/runc'],
      tags: ['seccomp'],
      stamps: { 'main.version': versions.runc },
      cgo: true,
    },
  ],
  downloads: [
    fromGitHub(
      'containerd/containerd',
      versions.containerd,
      `containerd-${versions.containerd}-linux-${machine}.tar.gz`,
      {
        sums: `containerd-${versions.containerd}-linux-${machine}.tar.gz.sha256sum`,
        members: Object.fromEntries(
          containerdPrograms.map(each => [each, `bin/${each}`]),
        ),
      },
    ),
    fromGitHub('opencontainers/runc', versions.runc, `runc.${machine}`, {
      sums: 'runc.sha256sum',
      program: 'runc',
    }),
    fromGitHub(
      'containernetworking/plugins',
      versions.cniPlugins,
      `cni-plugins-linux-${machine}-v${versions.cniPlugins}.tgz`,
      {
        members: Object.fromEntries(
          cniPlugins.map(each => [each, `./${each}`]),
        ),
      },
    ),
  ],
  onMachine: runtimeOnPath,
  buildPackages: {
    'libseccomp-dev': '/usr/include/seccomp.h',
    gcc: 'gcc',
    'libc6-dev': '/usr/include/stdlib.h',
    'pkg-config': 'pkg-config',
  },
};

/** Name service and registry; needed last. */
export const addonsSet: ProgramSet = {
  name: 'addons',
  title: `CoreDNS ${versions.coredns}, registry ${versions.registry}`,
  version: versions.coredns,
  programs: ['coredns', 'registry'],
  builds: [{ module: 'go', packages: ['./coredns', './registry'] }],
  downloads: [
    fromGitHub(
      'coredns/coredns',
      versions.coredns,
      `coredns_${versions.coredns}_linux_${machine}.tgz`,
      {
        members: { coredns: 'coredns' },
      },
    ),
    fromGitHub(
      'distribution/distribution',
      versions.registry,
      `registry_${versions.registry}_linux_${machine}.tar.gz`,
      { members: { registry: 'registry' } },
    ),
  ],
};

/** kind, for machines with Docker. */
export const kindSet: ProgramSet = {
  name: 'kind',
  title: `kind ${versions.kind}`,
  version: versions.kind,
  programs: ['kind'],
  builds: [{ module: 'go-kind', packages: ['sigs.k8s.io/kind'] }],
  downloads: [
    fromGitHub(
      'kubernetes-sigs/kind',
      versions.kind,
      `kind-${platform}-${machine}`,
      {
        sums: `kind-${platform}-${machine}.sha256sum`,
        program: 'kind',
      },
    ),
  ],
};

/** KWOK, which plays the kubelet of simulated nodes; its releases come without sums, so it is built. */
export const kwokSet: ProgramSet = {
  name: 'kwok',
  title: `KWOK ${versions.kwok}`,
  version: versions.kwok,
  programs: ['kwok'],
  builds: [{ module: 'go-kwok', packages: ['sigs.k8s.io/kwok/cmd/kwok'] }],
};

/** Helm, which installs the chart. */
export const helmSet: ProgramSet = {
  name: 'helm',
  title: `Helm ${versions.helm}`,
  version: versions.helm,
  programs: ['helm'],
  builds: [
    {
      module: 'go-helm',
      packages: ['helm.sh/helm/v4/cmd/helm'],
      stamps: {
        'helm.sh/helm/v4/internal/version.version': `v${versions.helm}`,
      },
    },
  ],
  downloads: [
    {
      url: `https://get.helm.sh/helm-v${versions.helm}-${platform}-${machine}.tar.gz`,
      sums: `https://get.helm.sh/helm-v${versions.helm}-${platform}-${machine}.tar.gz.sha256sum`,
      members: { helm: `${platform}-${machine}/helm` },
    },
  ],
};

/** Versity S3 Gateway, an S3 server over a folder, for tests; built because only they need it. */
export const s3Set: ProgramSet = {
  name: 's3',
  title: `Versity S3 Gateway ${versions.versitygw}`,
  version: versions.versitygw,
  programs: ['versitygw'],
  builds: [
    {
      module: 'go-s3',
      packages: ['github.com/versity/versitygw/cmd/versitygw'],
    },
  ],
};

/** The OpenTelemetry Collector, for tests: with one receiver and one exporter, it is small. */
export const collectorSet: ProgramSet = {
  name: 'collector',
  title: `OpenTelemetry Collector ${versions.collector}`,
  version: versions.collector,
  programs: ['collector'],
  builds: [{ module: 'go-collector', packages: ['./collector'] }],
};

/** kube-state-metrics, for pictures of dashboards. The program is named after the last part of its module. */
export const kubeStateMetricsSet: ProgramSet = {
  name: 'kube-state-metrics',
  title: `kube-state-metrics ${versions.kubeStateMetrics}`,
  version: versions.kubeStateMetrics,
  programs: ['kube-state-metrics'],
  builds: [
    {
      module: 'go-kube-state-metrics',
      packages: ['k8s.io/kube-state-metrics/v2'],
    },
  ],
};

/** Folder of the files that Gitea reads at run time. */
export const giteaFiles = 'gitea-files';

/** Gitea, a git host, for tests; built because only they need it. Without SQLite, it needs no C compiler. */
export const giteaSet: ProgramSet = {
  name: 'gitea',
  title: `Gitea ${versions.gitea}`,
  version: versions.gitea,
  programs: ['gitea', giteaFiles],
  builds: [
    {
      module: 'go-gitea',
      packages: ['code.gitea.io/gitea'],
      stamps: { 'main.Version': versions.gitea },
      // Its pages are built with Node; the API and git need none of that.
      files: {
        of: 'code.gitea.io/gitea',
        folders: ['options', 'templates', 'public'],
        to: giteaFiles,
      },
    },
  ],
};

function fromGitHub(
  repository: string,
  version: string,
  file: string,
  rest: { sums?: string; members?: Record<string, string>; program?: string },
): Download {
  const folder = `${github}/${repository}/releases/download/v${version}`;
  const { sums = `${file}.sha256`, ...content } = rest;
  return { url: `${folder}/${file}`, sums: `${folder}/${sums}`, ...content };
}
