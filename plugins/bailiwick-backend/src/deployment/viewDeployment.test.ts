import type { Event, Pod } from '@bailiwick/backstage-kube-controller';
import type {
  Build,
  DomainPack,
  Grant,
  Run,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { WatchedLists } from '@bailiwick/backstage-plugin-bailiwick-node';
import { belongsTo, viewDeployment } from './viewDeployment';

const app = {
  metadata: { name: 'feed', namespace: 'desk--home' },
  tenant: 'desk',
  canBuild: true,
  canCreateToken: true,
  spec: {
    archetype: { pack: 'market', version: '1.0.0', name: 'report' },
    environments: [
      { name: 'dev', parameters: { when: '5 * * * *' } },
      { name: 'prod' },
    ],
  },
} as unknown as AppView;

const aRun = (name: string, at: string, of = 'feed') =>
  ({
    metadata: { name, namespace: 'desk--home', creationTimestamp: at },
    spec: { app: of },
  } as Run);

const aGrant = (client: string, of = 'feed') =>
  ({
    metadata: { name: client, namespace: 'desk--home' },
    spec: { app: of, client, expiresAt: '2999-01-01T00:00:00Z' },
  } as Grant);

const nightly = {
  name: 'report',
  settings: { properties: { when: { default: '0 6 * * *' } } },
  run: { steps: [{ function: 'report' }], scheduleFrom: 'when' },
};

function aPod(
  status: object,
  { name = 'feed-7d4b9c8f6d-x2x4z', namespace = 'desk--dev', of = 'feed' } = {},
): Pod {
  const environment = namespace.split('--')[1];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels: {
        'bailiwick.dev/app': of,
        'bailiwick.dev/environment': environment,
      },
    },
    status,
  } as Pod;
}

function anEvent(at: string, object: string, namespace = 'desk--dev'): Event {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: at, uid: at, namespace },
    lastTimestamp: at,
    involvedObject: { kind: 'Pod', name: object },
    message: at,
  } as Event;
}

function view(
  pods: Pod[],
  events: Event[] = [],
  {
    builds = [] as Build[],
    grants = [] as Grant[],
    pack = undefined as object | undefined,
    runs = [] as Run[],
  } = {},
) {
  const lists = {
    pods: { list: () => pods },
    events: { list: () => events },
    grants: { list: () => grants },
    packs: { get: () => pack && ({ spec: pack } as DomainPack) },
    releases: { list: () => [] },
    requests: { list: () => [] },
    runs: { list: () => runs },
    builds: { list: () => builds },
    workspaces: { list: () => [] },
    tenants: { get: () => undefined },
  };
  return viewDeployment(app, lists as unknown as WatchedLists);
}

const container = (state: object, ready = false) => ({
  containerStatuses: [{ ready, restartCount: 3, state }],
});

describe('viewDeployment', () => {
  it('shows the builds of an app, newest first, without their logs', () => {
    const aBuild = (name: string, at: string, of = 'feed') =>
      ({
        metadata: { name, namespace: 'desk--home', creationTimestamp: at },
        spec: { app: of, commit: '3f9c1e2', file: 'requirements.txt' },
        status: { phase: 'Failed', why: 'No.', line: 2, log: 'long' },
      } as Build);
    const at = '2026-11-20T09:00:00Z';
    const builds = [
      aBuild('old', '2026-11-20T08:00:00Z'),
      aBuild('new', at),
      aBuild('others', at, 'others'),
    ];
    const [first, ...rest] = view([], [], { builds }).builds;
    expect(first).toEqual({
      name: 'new',
      commit: '3f9c1e2',
      file: 'requirements.txt',
      phase: 'Failed',
      why: 'No.',
      line: 2,
      createdAt: at,
    });
    expect(rest.map(({ name }) => name)).toEqual(['old']);
  });

  it('shows the runs of an app with steps, and their schedule', () => {
    const runs = [
      aRun('old', '2026-11-20T08:00:00Z'),
      aRun('new', '2026-11-20T09:00:00Z'),
      aRun('others', '2026-11-20T10:00:00Z', 'others'),
    ];
    const { work } = view([], [], { runs, pack: { archetypes: [nightly] } });
    expect(work?.runs.map(({ metadata }) => metadata.name)).toEqual([
      'new',
      'old',
    ]);
    expect(work).toMatchObject({
      steps: [{ function: 'report' }],
      schedules: [
        { environment: 'dev', schedule: '5 * * * *' },
        { environment: 'prod', schedule: '0 6 * * *' },
      ],
    });
    const { run: _none, ...plain } = nightly;
    expect(view([], [], { pack: { archetypes: [plain] } }).work).toBe(
      undefined,
    );
  });

  it('counts readers by their tokens, without git tokens', () => {
    const pack = { archetypes: [], journey: { readiness: ['readers'] } };
    const isRead = (...grants: Grant[]) =>
      view([], [], { grants, pack }).readiness.map(({ done }) => done);
    expect(isRead(aGrant('git'), aGrant('api', 'others'))).toEqual([false]);
    expect(isRead(aGrant('api'))).toEqual([true]);
    expect(view([]).readiness.map(({ check }) => check)).toContain('running');
  });

  it('shows the pods of all environments and canaries by name, of this app only', () => {
    const { pods } = view([
      aPod({}, { name: 'f', of: 'feed--canary' }),
      aPod({}, { name: 'b', namespace: 'desk--prod' }),
      aPod({}, { name: 'a' }),
      aPod({}, { name: 'c', of: 'other' }),
      aPod({}, { name: 'd', namespace: 'other--dev' }),
      aPod({}, { name: 'e', namespace: 'desk--test' }),
    ]);
    expect(pods.map(({ environment, name }) => [name, environment])).toEqual([
      ['a', 'dev'],
      ['b', 'prod'],
      ['f', 'dev'],
    ]);
  });

  it.each([
    ['CrashLoopBackOff', /crash-looping/],
    ['ImagePullBackOff', /image can't be pulled/],
    ['CreateContainerConfigError', /configuration/],
  ])('explains %s', (reason, words) => {
    const [pod] = view([aPod(container({ waiting: { reason } }))]).pods;
    expect(pod).toMatchObject({ ready: false, restarts: 3 });
    expect(pod.why).toMatch(words);
    expect(pod.why).not.toContain(reason);
  });

  it('passes on an unknown reason with its message', () => {
    const waiting = { reason: 'Novelty', message: 'unheard of' };
    const [pod] = view([aPod(container({ waiting }))]).pods;
    expect(pod.why).toBe('Novelty: unheard of');
  });

  it('explains why no node accepts a pod', () => {
    const [pod] = view([
      aPod({
        conditions: [
          { type: 'PodScheduled', status: 'False', message: 'too big' },
        ],
      }),
    ]).pods;
    expect(pod.why).toMatch(/too big/);
  });

  it('has nothing to explain about a pod that is ready', () => {
    const conditions = [{ type: 'Ready', status: 'True' }];
    const [pod] = view([
      aPod({ ...container({ running: {} }, true), conditions }),
    ]).pods;
    expect(pod).toMatchObject({ ready: true, why: undefined });
  });

  it('distinguishes a terminating pod from a running one', () => {
    const going = aPod({ phase: 'Running' });
    going.metadata.deletionTimestamp = '2026-11-20T08:00:00Z';
    expect(view([going]).pods[0].phase).toBe('Stopping');
  });

  it('keeps a warning however many pods began since', () => {
    const warning: Event = {
      ...anEvent('2026-11-20T07:00:00Z', 'feed'),
      type: 'Warning',
    };
    const begun = Array.from({ length: 80 }, () =>
      anEvent('2026-11-20T08:00:00Z', 'feed'),
    );
    const { events } = view([], [warning, ...begun]);
    expect(events).toHaveLength(51);
    expect(events.at(-1)?.type).toBe('Warning');
  });

  it('shows the newest 50 events of its own objects', () => {
    const times = Array.from({ length: 60 }, (_, minute) =>
      new Date(Date.UTC(2026, 10, 20, 8, minute)).toISOString(),
    );
    const { events } = view(
      [],
      [
        ...times.map(at => anEvent(at, 'feed')),
        anEvent('2027-01-01T00:00:00Z', 'feed-prices'),
        anEvent('2027-01-01T00:00:00Z', 'feed', 'other--dev'),
      ],
    );
    expect(events.map(({ at }) => at)).toEqual(times.reverse().slice(0, 50));
    expect(events[0].environment).toBe('dev');
  });
});

describe('belongsTo', () => {
  it.each(['feed', 'feed-7d4b9c8f6d', 'feed-7d4b9c8f6d-x2x4z'])(
    'recognizes %s as a part of feed',
    name => {
      expect(belongsTo('feed', name)).toBe(true);
    },
  );

  it.each([
    'feedback',
    'feed-prices',
    'feed-archive-daily',
    'feed-prices-7d4b9c8f6d-x2x4z',
    'feed-',
    'my-feed',
    '',
  ])('does not recognize %s as a part of feed', name => {
    expect(belongsTo('feed', name)).toBe(false);
  });
});
