import { changesOf } from './changesOf';

describe('changesOf', () => {
  const bea = { subject: 'user:default/bea', role: 'builder' };
  const tom = { subject: 'user:default/tom', role: 'viewer' };
  const dev = { name: 'dev', cluster: 'local', protected: false };
  const prod = { name: 'prod', cluster: 'local', protected: true };

  it('shows new, removed and changed members', () => {
    const changes = changesOf(
      {
        action: 'setMembers',
        proposed: {
          members: [
            { ...tom, role: 'owner' },
            { ...bea, subject: 'user:default/eve' },
          ],
        },
      },
      { members: [bea, tom] },
    );
    expect(changes).toEqual([
      { field: 'Members', name: tom.subject, words: 'viewer → owner' },
      { field: 'Members', name: 'user:default/eve', words: 'new, builder' },
      { field: 'Members', name: bea.subject, words: 'removed, was builder' },
    ]);
  });

  it('shows new and removed environments, and not the others', () => {
    const whole = {
      action: 'setEnvironments',
      proposed: { environments: [dev] },
    } as const;
    expect(changesOf(whole, { environments: [dev, prod] })).toEqual([
      {
        field: 'Environments',
        name: 'prod',
        words: 'removed, was cluster local, protected',
      },
    ]);
    const more = {
      action: 'setEnvironments',
      proposed: { add: [prod] },
    } as const;
    expect(changesOf(more, undefined)).toEqual([
      {
        field: 'Environments',
        name: 'prod',
        words: 'new, cluster local, protected',
      },
    ]);
  });

  it('shows what access to an app covers, whatever the tenant has', () => {
    const proposed = { environment: 'dev', expiresAt: '2027-02-24T10:00:00Z' };
    const tenant = { expiresAt: '2027-11-25T00:00:00Z' };
    const wordsOf = (functions?: string[]) =>
      changesOf(
        {
          action: 'grantAccess',
          proposed: { ...proposed, ...(functions && { functions }) },
        },
        tenant,
      );
    expect(wordsOf()).toEqual([
      {
        field: 'Read access',
        words: 'all functions in dev until February 24, 2027',
      },
    ]);
    expect(wordsOf(['prices', 'means'])[0].words).toMatch(
      /^prices, means in dev/,
    );
  });

  it('shows which release replaces which in which environment', () => {
    const promotion = {
      action: 'promote',
      proposed: { environment: 'prod', release: 'prices-r2' },
    } as const;
    const change = { field: 'Release', name: 'prod' };
    const before = { environment: 'prod', release: 'prices-r1' };
    expect(changesOf(promotion, before)).toEqual([
      { ...change, words: 'r1 → r2' },
    ]);
    expect(changesOf(promotion, { environment: 'prod' })).toEqual([
      { ...change, words: 'none → r2' },
    ]);
    const { proposed } = promotion;
    const parameters = { limit: 80, name: 'a' };
    expect(
      changesOf(
        { ...promotion, proposed: { ...proposed, parameters } },
        { ...before, parameters: { limit: 70, name: 'a' } },
      ),
    ).toEqual([
      { ...change, words: 'r1 → r2' },
      { field: 'Settings', name: 'limit', words: '70 → 80' },
    ]);
  });

  it('does not treat environments that a renewal omits as removed', () => {
    const expiresAt = '2027-01-01T00:00:00Z';
    const changes = changesOf(
      {
        action: 'renew',
        proposed: { environments: [{ name: 'dev', expiresAt }] },
      },
      { environments: [{ name: 'dev' }, { name: 'prod' }] },
    );
    expect(changes).toEqual([
      {
        field: 'Environments',
        name: 'dev',
        words: 'expires with the tenant → expires January 1, 2027',
      },
    ]);
  });

  it('shows one value before and after', () => {
    const plan = { action: 'changePlan', proposed: { plan: 'large' } } as const;
    expect(changesOf(plan, { plan: 'small' })).toEqual([
      { field: 'Plan', words: 'small → large' },
    ]);
  });

  it('shows only the proposal if the previous value is unknown', () => {
    const plan = { action: 'changePlan', proposed: { plan: 'large' } } as const;
    expect(changesOf(plan, undefined)).toEqual([
      { field: 'Plan', words: 'large' },
    ]);
  });

  it('explains an offboarding instead of the typed name', () => {
    const [change] = changesOf(
      { action: 'offboard', proposed: { confirm: 'x' } },
      {},
    );
    expect(change.words).toMatch(/^deleted with all its contents/);
  });
});
