import type { AppHistoryEntry } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  CommitView,
  PipelineView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { anApp } from '../../../__fixtures__/views';
import { historyRows } from './historyRows';

const first = 'a'.repeat(40);
const second = 'b'.repeat(40);
const commits: CommitView[] = [
  {
    commit: second,
    message: 'Add weekly prices',
    author: 'Bea Builder',
    at: '2026-11-20T08:59:00Z',
    pushedBy: 'user:default/bea',
  },
  {
    commit: first,
    message: 'Template market',
    author: 'bea',
    at: '2026-11-20T07:59:00Z',
  },
];
const pipeline: PipelineView = {
  stages: [],
  releases: [
    {
      name: 'prices-r1',
      number: 1,
      commit: second,
      archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
      createdBy: 'user:default/rita',
      createdAt: '2026-11-20T10:00:00Z',
    },
  ],
};

function rows(...history: AppHistoryEntry[]) {
  const app = anApp();
  app.status!.history = history;
  return historyRows(app, pipeline, commits);
}

const created = {
  environment: 'dev',
  commit: first,
  by: 'user:default/bea',
  reason: 'Created the app',
  at: '2026-11-20T08:00:00Z',
};
const pushed = {
  environment: 'dev',
  commit: second,
  at: '2026-11-20T09:00:00Z',
};
const promoted = {
  environment: 'prod',
  release: 'prices-r1',
  by: 'user:default/rita',
  reason: 'Readers wait for it',
  at: '2026-11-20T11:00:00Z',
};

describe('historyRows', () => {
  it('lists deployments and releases in one order, newest first', () => {
    expect(rows(promoted, pushed, created).map(({ what }) => what)).toEqual([
      'r1',
      'r1 published',
      'draft, commit bbbbbbb',
      'draft, commit aaaaaaa',
    ]);
  });

  it('names the pusher of a draft, and the message of its commit', () => {
    const [, draft, beginning] = rows(pushed, created);
    expect(draft).toMatchObject({
      by: 'user:default/bea',
      details: 'Add weekly prices',
      commits: { from: first, to: second },
    });
    expect(beginning).toMatchObject({
      by: 'user:default/bea',
      details: 'Created the app',
    });
    expect(beginning.commits).toBeUndefined();
  });

  it('names the author of a commit that was never pushed as the newest one', () => {
    const { by: _by, reason: _reason, ...unknown } = created;
    const [, draft] = rows(unknown);
    expect(draft).toMatchObject({
      author: 'bea',
      details: 'Template market',
    });
    expect(draft.by).toBeUndefined();
  });

  it('omits commits that the repository lacks', () => {
    const [, draft] = rows({ ...pushed, commit: 'c'.repeat(40) });
    expect(draft.author).toBeUndefined();
    expect(draft.details).toBeUndefined();
  });

  it('offers no changes between a commit and its abbreviation', () => {
    const draft = { ...pushed, commit: second.slice(0, 8) };
    const [release] = rows({ ...promoted, environment: 'dev' }, draft);
    expect(release).toMatchObject({ what: 'r1', environment: 'dev' });
    expect(release.commits).toBeUndefined();
  });

  it('compares with the previous deployment in the same environment', () => {
    const back = {
      ...promoted,
      commit: first,
      release: undefined,
      at: '2026-11-20T12:00:00Z',
    };
    const [draft, release] = rows(back, promoted, pushed, created);
    expect(draft.commits).toEqual({ from: second, to: first });
    expect(release.commits).toBeUndefined();
  });
});
