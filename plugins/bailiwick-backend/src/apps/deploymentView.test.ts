import type { Event, Pod } from '@bailiwick/backstage-kube-controller';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common';
import type { WatchedLists } from '@bailiwick/backstage-plugin-bailiwick-node';
import { belongsTo, viewDeployment } from './deploymentView';

const app = {
  metadata: { name: 'feed', namespace: 'desk--home' },
  tenant: 'desk',
  mayBuild: true,
  spec: { environments: [{ name: 'dev' }, { name: 'prod' }] },
} as AppView;

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

function view(pods: Pod[], events: Event[] = []) {
  const lists = { pods: { list: () => pods }, events: { list: () => events } };
  return viewDeployment(app, lists as unknown as WatchedLists);
}

const container = (state: object, ready = false) => ({
  containerStatuses: [{ ready, restartCount: 3, state }],
});

describe('viewDeployment', () => {
  it('shows the pods of all environments by name, of this app only', () => {
    const { pods } = view([
      aPod({}, { name: 'b', namespace: 'desk--prod' }),
      aPod({}, { name: 'a' }),
      aPod({}, { name: 'c', of: 'other' }),
      aPod({}, { name: 'd', namespace: 'other--dev' }),
      aPod({}, { name: 'e', namespace: 'desk--test' }),
    ]);
    expect(pods.map(({ environment, name }) => [name, environment])).toEqual([
      ['a', 'dev'],
      ['b', 'prod'],
    ]);
  });

  it.each([
    ['CrashLoopBackOff', /ends again and again/],
    ['ImagePullBackOff', /image could not be fetched/],
    ['CreateContainerConfigError', /setting/],
  ])('says what %s means', (reason, words) => {
    const [pod] = view([aPod(container({ waiting: { reason } }))]).pods;
    expect(pod).toMatchObject({ ready: false, restarts: 3 });
    expect(pod.why).toMatch(words);
    expect(pod.why).not.toContain(reason);
  });

  it('passes on a reason that it does not know, with its message', () => {
    const waiting = { reason: 'Novelty', message: 'unheard of' };
    const [pod] = view([aPod(container({ waiting }))]).pods;
    expect(pod.why).toBe('Novelty: unheard of');
  });

  it('says why no node takes a pod', () => {
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
    const [pod] = view([aPod(container({ running: {} }, true))]).pods;
    expect(pod).toMatchObject({ ready: true, why: undefined });
  });

  it('tells a pod that goes from one that runs', () => {
    const going = aPod({ phase: 'Running' });
    going.metadata.deletionTimestamp = '2026-11-20T08:00:00Z';
    expect(view([going]).pods[0].phase).toBe('Stopping');
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
    'takes %s for a part of feed',
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
  ])('does not take %s for a part of feed', name => {
    expect(belongsTo('feed', name)).toBe(false);
  });
});
