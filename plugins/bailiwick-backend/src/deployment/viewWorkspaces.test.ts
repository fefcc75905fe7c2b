import type { Workspace } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { app } from '@bailiwick/backstage-testing/objects';
import type { WatchedLists } from '@bailiwick/backstage-plugin-bailiwick-node';
import { viewWorkspaces } from './viewWorkspaces';

const [earlier, later] = ['2026-11-20T08:00:00Z', '2026-11-20T09:00:00Z'];
const size = {
  environment: 'dev',
  cpu: '1',
  memory: '1Gi',
  storage: '2Gi',
  idleMinutes: 60,
};

function aWorkspace(
  spec: Partial<Workspace['spec']> = {},
  status?: Workspace['status'],
  name = 'feed.default.bea',
): Workspace {
  return {
    apiVersion: 'bailiwick.dev/v1alpha1',
    kind: 'Workspace',
    metadata: { name, namespace: 'rates-desk--home', generation: 2 },
    spec: {
      ...size,
      app: 'feed',
      owner: 'user:default/bea',
      startedAt: earlier,
      ...spec,
    },
    status,
  };
}

function view(...workspaces: Workspace[]) {
  const shown = { ...app('feed', 'rates-desk--home'), tenant: 'rates-desk' };
  const lists = { workspaces: { list: () => workspaces } };
  return viewWorkspaces(
    { ...shown, canBuild: true, canCreateToken: true },
    lists as unknown as WatchedLists,
  );
}

describe('viewWorkspaces', () => {
  it('lists the workspaces of the app by name', () => {
    const views = view(
      aWorkspace({ owner: 'user:default/tom' }, {}, 'feed.default.tom'),
      aWorkspace({ app: 'other' }, {}, 'other.default.bea'),
      aWorkspace(),
    );
    expect(views.map(({ name }) => name)).toEqual([
      'feed.default.bea',
      'feed.default.tom',
    ]);
    expect(views[0]).toEqual({
      name: 'feed.default.bea',
      owner: 'user:default/bea',
      ...size,
      startedAt: earlier,
      isOn: true,
      phase: 'Pending',
    });
  });

  it('shows reason and remedy', () => {
    const status = {
      phase: 'Pending' as const,
      why: 'Environment dev has no room.',
      next: 'Stop another workspace.',
      observedGeneration: 2,
    };
    const { observedGeneration, ...shown } = status;
    expect(view(aWorkspace({}, status))).toMatchObject([shown]);
  });

  it('shows when a stopped one is deleted', () => {
    const status = { phase: 'Stopped' as const, stoppedAt: later };
    const [shown] = view(aWorkspace({ stoppedAt: later }, status));
    expect(shown).toMatchObject({
      isOn: false,
      expiresAt: '2026-12-20T09:00:00.000Z',
    });
  });

  const stop = { stoppedAt: later };
  const restart = { startedAt: later };
  it.each<
    [
      string,
      Partial<Workspace['spec']>,
      NonNullable<Workspace['status']>,
      string,
    ]
  >([
    ['a stop of a running one', stop, { phase: 'Running' }, 'Stopped'],
    ['a stop of a pending one', stop, { phase: 'Pending' }, 'Stopped'],
    ['a start of a stopped one', restart, { phase: 'Stopped' }, 'Pending'],
    ['a start of a failed one', restart, { phase: 'Failed' }, 'Pending'],
  ])('shows %s before the operator sees it', (_, spec, status, phase) => {
    const [shown] = view(
      aWorkspace(spec, {
        ...status,
        why: 'Outdated.',
        next: 'Outdated.',
        observedGeneration: 1,
      }),
    );
    expect(shown.phase).toBe(phase);
    expect(shown).not.toHaveProperty('why');
    expect(shown).not.toHaveProperty('next');
  });

  it.each<[string, Partial<Workspace['spec']>, Workspace['status']]>([
    ['runs', {}, { phase: 'Running' }],
    ['cannot start', {}, { phase: 'Failed', why: 'The app is not deployed.' }],
    ['failed before a stop', stop, { phase: 'Failed', why: 'Out of memory.' }],
    [
      'was idle',
      {},
      {
        phase: 'Stopped',
        why: 'Stopped after 60 minutes.',
        ended: { startedAt: earlier, at: later, reason: 'idle' },
      },
    ],
  ])('shows one that %s as the operator does', (_, spec, status) => {
    const { phase, why } = status!;
    expect(
      view(aWorkspace(spec, { ...status, observedGeneration: 2 })),
    ).toMatchObject([{ phase, ...(why && { why }) }]);
  });
});
