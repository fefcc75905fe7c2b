import { access } from './__testUtils__/startProxy';
import { WorkspaceSessions } from './WorkspaceSessions';

const hour = 3_600_000;

describe('WorkspaceSessions', () => {
  let now: number;
  let mayUse: jest.Mock<boolean>;
  let sessions: WorkspaceSessions;

  beforeEach(() => {
    now = 0;
    mayUse = jest.fn(() => true);
    sessions = new WorkspaceSessions({ mayUse, now: () => now });
  });

  const begin = (more: Partial<typeof access> = {}) => {
    const own = { ...access, ...more };
    const cookie = sessions.redeem(own.host, sessions.issueTicket(own));
    return { cookie: cookie!, host: own.host };
  };

  it('accepts a ticket once', () => {
    const ticket = sessions.issueTicket(access);
    const cookie = sessions.redeem(access.host, ticket)!;
    expect(sessions.find(access.host, cookie)).toMatchObject(access);
    expect(sessions.redeem(access.host, ticket)).toBeUndefined();
  });

  it('refuses a ticket after 60 seconds', () => {
    const ticket = sessions.issueTicket(access);
    now = 60_000;
    expect(sessions.redeem(access.host, ticket)).toBeUndefined();
  });

  it('refuses a ticket and a cookie at another host', () => {
    const ticket = sessions.issueTicket(access);
    expect(sessions.redeem('other', ticket)).toBeUndefined();
    expect(sessions.redeem(access.host, ticket)).toBeUndefined();
    const { cookie } = begin();
    expect(sessions.find('other', cookie)).toBeUndefined();
    expect(sessions.find(access.host, cookie)).toBeDefined();
  });

  it('refuses an unknown ticket and cookie', () => {
    expect(sessions.redeem(access.host, '')).toBeUndefined();
    expect(sessions.find(access.host, 'guess')).toBeUndefined();
  });

  it('refuses a ticket whose person may no longer use the workspace', () => {
    const ticket = sessions.issueTicket(access);
    mayUse.mockReturnValue(false);
    expect(sessions.redeem(access.host, ticket)).toBeUndefined();
  });

  it('ends a session after 12 hours', () => {
    const { cookie, host } = begin();
    const { signal } = sessions.find(host, cookie)!;
    now = 12 * hour - 1;
    sessions.endInvalid();
    expect(signal.aborted).toBe(false);
    now = 12 * hour;
    sessions.endInvalid();
    expect(signal.aborted).toBe(true);
    expect(sessions.find(host, cookie)).toBeUndefined();
  });

  it('ends a session for good when the person may not use the workspace', () => {
    const { cookie, host } = begin();
    mayUse.mockReturnValue(false);
    expect(sessions.find(host, cookie)).toBeUndefined();
    mayUse.mockReturnValue(true);
    expect(sessions.find(host, cookie)).toBeUndefined();
  });

  it("keeps a person's latest 20 sessions", () => {
    const tom = begin({ person: { user: 'user:default/tom', groups: [] } });
    const all = Array.from({ length: 21 }, () => begin());
    const found = all.map(({ cookie, host }) => sessions.find(host, cookie));
    expect(found[0]).toBeUndefined();
    expect(found.slice(1)).not.toContain(undefined);
    expect(sessions.find(tom.host, tom.cookie)).toBeDefined();
  });

  it('keeps the latest 1,000 sessions and tickets', () => {
    const all = Array.from({ length: 1_001 }, (_, index) =>
      begin({ person: { user: `user:default/${index}`, groups: [] } }),
    );
    expect(sessions.find(all[0].host, all[0].cookie)).toBeUndefined();
    expect(sessions.find(all[1].host, all[1].cookie)).toBeDefined();
    const tickets = Array.from({ length: 1_001 }, () =>
      sessions.issueTicket(access),
    );
    expect(sessions.redeem(access.host, tickets[0])).toBeUndefined();
    expect(sessions.redeem(access.host, tickets[1])).toBeDefined();
  });
});
