import {
  plan,
  request,
  tenant,
} from '@bailiwick/backstage-test-cluster/objects';
import type { Scope } from '../scope';
import { gatherFacts } from './gatherFacts';

const plans = new Map(
  [plan('small'), plan('lax')].map(one => [one.metadata.name, one]),
);
const scope = {
  client: { resource: () => ({ list: async () => [tenant('desk')] }) },
  caches: {
    plans,
    apps: { index: () => [] },
    releases: { index: () => [] },
    requests: { index: () => [] },
    quotas: { get: () => undefined },
  },
  now: () => new Date('2026-11-20T00:00:00Z'),
} as unknown as Scope;
const { signal } = new AbortController();

describe('gatherFacts', () => {
  it.each([
    ['create', 'lax'],
    ['changePlan', 'lax'],
    ['setEnvironments', 'small'],
    ['renew', 'small'],
  ] as const)('judges %s by the plan %s', async (action, name) => {
    const asked = request('r', 'desk', { action, proposed: { plan: 'lax' } });
    const facts = await gatherFacts(scope, asked, signal);
    expect(facts.plan?.metadata.name).toBe(name);
    const to = facts.request.to as { name: string } | undefined;
    expect(to?.name ?? 'small').toBe(name);
  });
});
