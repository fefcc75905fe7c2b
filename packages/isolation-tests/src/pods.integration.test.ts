import {
  coreKinds,
  type KubeObject,
  type KubeRequest,
} from '@bailiwick/backstage-kube-controller';
import { eventually } from '@bailiwick/backstage-testing';
import { Estate, runtimeImage } from '@bailiwick/backstage-testing/world';
import {
  attempt,
  body,
  creation,
  forbidden,
  mergePatch,
} from './__testUtils__/Verdicts';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(120_000);

const pods = '/api/v1/namespaces/alpha--dev/pods';

/** Requirements of the Pod Security Standard `restricted` for containers. */
const locked = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
};

interface Changes {
  /** Of the pod's spec. */
  spec?: object;
  /** Of its one container. */
  container?: object;
  /** Of the security context of its container. */
  security?: object;
}

const container = (
  { container: changes, security }: Changes,
  name: string,
) => ({
  name,
  image: runtimeImage,
  securityContext: { ...locked, ...security },
  ...changes,
});

function podSpec(changes: Changes = {}) {
  return {
    securityContext: {
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [container(changes, 'app')],
    ...changes.spec,
  };
}

const probe = { httpGet: { host: '10.0.0.1', port: 80 } };
const volume = (source: object): Changes => ({
  spec: { volumes: [{ name: 'v', ...source }] },
});

/** Ways out of a pod, by the numbers of the acceptance list. */
const ways: [number, string, Changes][] = [
  [
    21,
    'privileged',
    { security: { privileged: true, allowPrivilegeEscalation: undefined } },
  ],
  [22, 'more privileges', { security: { allowPrivilegeEscalation: true } }],
  [
    22,
    'more privileges by default',
    { security: { allowPrivilegeEscalation: undefined } },
  ],
  [
    23,
    'capabilities',
    { security: { capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } } },
  ],
  [24, 'capabilities by default', { security: { capabilities: undefined } }],
  [
    25,
    'root by default',
    {
      spec: { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } },
    },
  ],
  [25, 'root allowed', { security: { runAsNonRoot: false } }],
  [26, 'user 0', { security: { runAsUser: 0 } }],
  [27, 'no seccomp', { security: { seccompProfile: { type: 'Unconfined' } } }],
  [
    27,
    'no seccomp by default',
    { spec: { securityContext: { runAsNonRoot: true } } },
  ],
  [28, "the host's network", { spec: { hostNetwork: true } }],
  [29, "the host's processes", { spec: { hostPID: true } }],
  [30, "the host's memory", { spec: { hostIPC: true } }],
  [
    31,
    'a port of the host',
    { container: { ports: [{ containerPort: 80, hostPort: 80 }] } },
  ],
  [32, 'a path of the host', volume({ hostPath: { path: '/' } })],
  [33, 'NFS', volume({ nfs: { server: 'x', path: '/' } })],
  [
    33,
    'iSCSI',
    volume({
      iscsi: { targetPortal: '10.0.0.1', iqn: 'iqn.2026-11.test:x', lun: 0 },
    }),
  ],
  [33, 'a disk of a cloud', volume({ gcePersistentDisk: { pdName: 'x' } })],
  [
    34,
    'the unmasked /proc',
    { spec: { hostUsers: false }, security: { procMount: 'Unmasked' } },
  ],
  [
    35,
    'unsafe sysctls',
    {
      spec: {
        securityContext: {
          runAsNonRoot: true,
          seccompProfile: { type: 'RuntimeDefault' },
          sysctls: [{ name: 'kernel.msgmax', value: '1' }],
        },
      },
    },
  ],
  [
    36,
    'another SELinux type',
    { security: { seLinuxOptions: { type: 'spc_t' } } },
  ],
  [
    36,
    'another SELinux user',
    { security: { seLinuxOptions: { user: 'system_u' } } },
  ],
  [
    37,
    'no AppArmor',
    { security: { appArmorProfile: { type: 'Unconfined' } } },
  ],
  [
    38,
    'a process of a Windows host',
    {
      spec: {
        hostNetwork: true,
        securityContext: {
          runAsNonRoot: true,
          seccompProfile: { type: 'RuntimeDefault' },
          windowsOptions: { hostProcess: true },
        },
      },
    },
  ],
  [
    38,
    'another host asked by a probe',
    { container: { livenessProbe: probe } },
  ],
  [
    38,
    'another host asked at the start',
    {
      container: {
        lifecycle: { postStart: { httpGet: { host: '10.0.0.1', port: 80 } } },
      },
    },
  ],
];
// A cluster may forbid some of it in general, and reports that first.
const violation =
  /^403 .*violates PodSecurity "restricted:latest"|^422 .*disallowed by cluster policy/;

integration('pods of tenants', () => {
  let estate: Estate;

  beforeAll(async () => {
    estate = await Estate.start();
    await estate.letPodsCome('alpha--dev');
    await estate.admin.request(
      creation(pods, body('v1', 'Pod', 'there', { spec: podSpec() })),
    );
  }, 180_000);
  afterAll(() => estate?.stop(), 60_000);

  const pod = (changes: Changes) =>
    body('v1', 'Pod', 'x', { spec: podSpec(changes) });

  it('isolation/21 to isolation/38 allow a pod without any of these requests', async () => {
    expect(await attempt(estate.admin, creation(pods, pod({})))).toBe(
      'allowed',
    );
    const port = {
      security: { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } },
    };
    expect(await attempt(estate.admin, creation(pods, pod(port)))).toBe(
      'allowed',
    );
  });

  /** The same as a pod, as a container that runs first, and as one that is added later. */
  function tries(changes: Changes): KubeRequest[] {
    const requests = [creation(pods, pod(changes))];
    if (changes.spec) return requests;
    const initContainers = [container(changes, 'init')];
    const initial = { spec: { ...podSpec(), initContainers } };
    const late = { ephemeralContainers: [container(changes, 'late')] };
    // Neither has probes or hooks, and ephemeral containers have no ports.
    const hasPorts = changes.container && 'ports' in changes.container;
    if (!changes.container || hasPorts)
      requests.push(creation(pods, body('v1', 'Pod', 'x', initial)));
    if (!changes.container)
      requests.push(
        mergePatch(`${pods}/there/ephemeralcontainers`, { spec: late }),
      );
    return requests;
  }

  it.each(ways)(
    'isolation/%i rejects %s from anyone',
    async (_, __, changes) => {
      // An administrator may make pods here, so that nothing but the standard refuses them.
      const verdicts = await Promise.all(
        tries(changes).map(request => attempt(estate.admin, request)),
      );
      expect(verdicts.filter(verdict => !violation.test(verdict))).toEqual([]);
      expect(
        await attempt(
          estate.member('alpha', 'owner'),
          creation(pods, pod(changes)),
        ),
      ).toMatch(forbidden);
    },
  );

  it('isolation/21 to isolation/38 hold for pods that controllers create', async () => {
    const template = {
      metadata: { labels: { app: 'bad' } },
      spec: {
        ...podSpec({
          security: { allowPrivilegeEscalation: true },
        }),
        restartPolicy: 'Always',
      },
    };
    const once = {
      ...template,
      spec: { ...template.spec, restartPolicy: 'Never' },
    };
    const namespace = '/namespaces/alpha--dev';
    const selector = { matchLabels: { app: 'bad' } };
    const workloads = [
      creation(
        `/apis/apps/v1${namespace}/deployments`,
        body('apps/v1', 'Deployment', 'bad', { spec: { selector, template } }),
      ),
      creation(
        `/apis/apps/v1${namespace}/statefulsets`,
        body('apps/v1', 'StatefulSet', 'bad', {
          spec: { selector, template, serviceName: 'bad' },
        }),
      ),
      creation(
        `/apis/apps/v1${namespace}/daemonsets`,
        body('apps/v1', 'DaemonSet', 'bad', { spec: { selector, template } }),
      ),
      creation(
        `/apis/batch/v1${namespace}/jobs`,
        body('batch/v1', 'Job', 'bad', { spec: { template: once } }),
      ),
      creation(
        `/apis/batch/v1${namespace}/cronjobs`,
        body('batch/v1', 'CronJob', 'bad', {
          spec: {
            schedule: '* * * * *',
            jobTemplate: { spec: { template: once } },
          },
        }),
      ),
    ];
    for (const request of workloads)
      expect(await attempt(estate.member('alpha', 'owner'), request)).toMatch(
        forbidden,
      );
    for (const kind of [0, 3]) await estate.admin.request(workloads[kind]);
    const said = async (kind: string) => {
      const { items } = await estate.admin.request<{
        items: {
          message: string;
          involvedObject: { kind: string; name: string };
        }[];
      }>({
        path: `/api/v1${namespace}/events`,
      });
      return items.some(
        ({ involvedObject, message }) =>
          involvedObject.kind === kind &&
          involvedObject.name.startsWith('bad') &&
          /violates PodSecurity/.test(message),
      );
    };
    await eventually(
      'The pods of the Deployment are refused',
      () => said('ReplicaSet'),
      30,
    );
    await eventually('The pods of the Job are refused', () => said('Job'), 30);
    const there = await estate.admin
      .resource<KubeObject>(coreKinds.pods)
      .list({ namespace: 'alpha--dev', labelSelector: 'app=bad' });
    expect(there).toEqual([]);
  });

  it.each(['prices-monday-1', 'prices-dev--0123456789-12', 'prices-29926129'])(
    'isolation/77 opens no terminal in the pod of %s',
    async job => {
      const verdict = await attempt(estate.member('alpha', 'builder'), {
        path: `${pods}/${job}-x7k2p/exec`,
      });
      expect(verdict).toMatch(
        /^403 .*No terminal can be opened in the pod of a run/,
      );
    },
  );

  it('isolation/77 opens terminals in pods that serve', async () => {
    const verdict = await attempt(estate.member('alpha', 'builder'), {
      path: `${pods}/prices-12-6c5f4b7d9-x7k2p/exec`,
    });
    // It is not there.
    expect(verdict).toMatch(/^404 /);
  });
});
