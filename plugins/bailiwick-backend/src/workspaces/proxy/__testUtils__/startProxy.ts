import { mockServices } from '@backstage/backend-test-utils';
import {
  createWorkspaceProxy,
  type WorkspaceProxy,
  type WorkspaceProxyOptions,
} from '../WorkspaceProxy';
import { WorkspaceSessions, type WorkspaceAccess } from '../WorkspaceSessions';
import { Browser } from './Browser';

/** Bea's access to her workspace. */
export const access: WorkspaceAccess = {
  person: { user: 'user:default/bea', groups: ['group:default/desk'] },
  workspace: { tenant: 'desk', name: 'prices-bea', uid: 'uid-1' },
  host: 'prices-bea-1a2b',
};

/** A proxy with a permission that tests can withdraw. */
export interface StartedProxy {
  proxy: WorkspaceProxy;
  sessions: WorkspaceSessions;
  /** References of the people whose sessions are valid. */
  allowed: Set<string>;
  /** Returns a browser without a session. */
  browse(host?: string): Browser;
  /** Returns a browser with Bea's session. */
  signIn(): Promise<Browser>;
}

export async function startProxy(
  options: Pick<WorkspaceProxyOptions, 'connect'> &
    Partial<WorkspaceProxyOptions>,
): Promise<StartedProxy> {
  const allowed = new Set([access.person.user]);
  const sessions = new WorkspaceSessions({
    mayUse: ({ person }) => allowed.has(person.user),
  });
  const proxy = createWorkspaceProxy({
    baseUrl: 'http://*.localhost:7008',
    listen: { port: 0, host: '127.0.0.1' },
    sessions,
    state: () => 'running',
    portalUrl: 'http://localhost:7007/bailiwick',
    log: mockServices.logger.mock(),
    checkInterval: 20,
    ...options,
  });
  const port = await proxy.start();
  const browse = (host = `${access.host}.localhost:7008`) =>
    new Browser(port, host);
  const signIn = async () => {
    const browser = browse();
    const ticket = sessions.issueTicket(access);
    await browser.open(proxy.urlFor(access.host, ticket));
    return browser;
  };
  return { proxy, sessions, allowed, browse, signIn };
}
