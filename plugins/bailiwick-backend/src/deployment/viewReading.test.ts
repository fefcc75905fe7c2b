import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { viewReading } from './viewReading';

const app = { metadata: { name: 'feed', namespace: 'rates-desk--home' } };
const now = Date.parse('2026-11-20T08:00:00Z');

function grant(spec: Partial<Grant['spec']>, status: Grant['status'] = {}) {
  return {
    metadata: { name: 'one', namespace: 'rates-desk--home' },
    spec: {
      app: 'feed',
      client: 'api',
      subject: 'user:default/tom',
      expiresAt: '2026-12-20T08:00:00Z',
      ...spec,
    },
    status,
  } as Grant;
}

describe('viewReading', () => {
  it('counts people once, and all of their calls', () => {
    const grants = [
      grant({}, { calls: 2, lastUsed: '2026-11-19T08:00:00Z' }),
      grant({}, { calls: 3, lastUsed: '2026-11-18T08:00:00Z' }),
      grant({ subject: 'user:default/ada' }),
    ];
    expect(viewReading(app, grants, now)).toEqual({
      people: ['user:default/ada', 'user:default/tom'],
      tokens: 3,
      calls: 5,
      lastAt: '2026-11-19T08:00:00Z',
    });
  });

  it('omits expired tokens, git tokens, and those of other apps', () => {
    const grants = [
      grant({ expiresAt: '2026-11-20T07:59:59Z' }),
      grant({ client: 'git' }),
      grant({ app: 'other' }),
      { ...grant({}), metadata: { name: 'two', namespace: 'fx--home' } },
    ];
    expect(viewReading(app, grants, now)).toEqual({
      people: [],
      tokens: 0,
      calls: 0,
      lastAt: undefined,
    });
  });
});
