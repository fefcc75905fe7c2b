import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { createHash, randomBytes } from 'node:crypto';

/** Milliseconds within which a ticket must be redeemed. */
const ticketMs = 60_000;
/** Milliseconds after which a session ends. */
const sessionMs = 12 * 3_600_000;
/** Numbers of sessions and tickets; the oldest is removed first. */
const limits = { perPerson: 20, sessions: 1_000, tickets: 1_000 };

/** A workspace, and the person who opens it. */
export interface WorkspaceAccess {
  person: Person;
  workspace: { tenant: string; name: string; uid: string };
  /** Host label of the workspace, such as `prices-bea-1a2b`. */
  host: string;
}

/** A person's access to a workspace from one browser. */
export interface WorkspaceSession extends Readonly<WorkspaceAccess> {
  /** Aborted when the session ends. */
  readonly signal: AbortSignal;
}

/** Options of {@link WorkspaceSessions}. */
export interface WorkspaceSessionsOptions {
  /** Whether the person may still use the workspace; called for each request. */
  mayUse(access: WorkspaceAccess): boolean;
  /** Returns milliseconds since the epoch; the clock of the process by default. */
  now?: () => number;
}

interface Ticket {
  access: WorkspaceAccess;
  expiresAt: number;
}

interface OpenSession extends WorkspaceSession {
  readonly expiresAt: number;
  readonly abort: AbortController;
}

/**
 * Sessions of browsers with workspaces, begun with a ticket from the portal. They are in memory, so
 * all requests must reach the same portal process.
 *
 * Tickets and cookies are stored as SHA-256 hashes: a dump of the memory contains no access.
 */
export class WorkspaceSessions {
  readonly #mayUse: WorkspaceSessionsOptions['mayUse'];
  readonly #now: () => number;
  /** By hash, oldest first. */
  readonly #tickets = new Map<string, Ticket>();
  readonly #sessions = new Map<string, OpenSession>();

  constructor({ mayUse, now = Date.now }: WorkspaceSessionsOptions) {
    this.#mayUse = mayUse;
    this.#now = now;
  }

  /** Returns a ticket for one redemption at the workspace's host within 60 s. */
  issueTicket({ person, workspace, host }: WorkspaceAccess): string {
    const now = this.#now();
    for (const [hash, { expiresAt }] of this.#tickets)
      if (expiresAt <= now || this.#tickets.size >= limits.tickets)
        this.#tickets.delete(hash);
    const ticket = randomSecret();
    const access = { person, workspace, host };
    this.#tickets.set(hashOf(ticket), { access, expiresAt: now + ticketMs });
    return ticket;
  }

  /**
   * Begins a session.
   *
   * @returns the value of its cookie, or `undefined` if the ticket was used, has expired or is for
   * another host, or if the person may no longer use the workspace
   */
  redeem(host: string, ticket: string): string | undefined {
    const hash = hashOf(ticket);
    const found = this.#tickets.get(hash);
    this.#tickets.delete(hash);
    if (!found || found.expiresAt <= this.#now()) return undefined;
    const { access } = found;
    if (access.host !== host || !this.#mayUse(access)) return undefined;
    this.#makeRoom(access.person.user);
    const cookie = randomSecret();
    const abort = new AbortController();
    this.#sessions.set(hashOf(cookie), {
      ...access,
      abort,
      signal: abort.signal,
      expiresAt: this.#now() + sessionMs,
    });
    return cookie;
  }

  /** Returns the session of a cookie at its host while the person may use the workspace. */
  find(host: string, cookie: string): WorkspaceSession | undefined {
    const hash = hashOf(cookie);
    const session = this.#sessions.get(hash);
    if (session?.host !== host) return undefined;
    return this.#endIfInvalid(hash, session) ? undefined : session;
  }

  /** Ends the sessions that have expired or whose person may no longer use the workspace. */
  endInvalid(): void {
    for (const [hash, session] of this.#sessions)
      this.#endIfInvalid(hash, session);
  }

  #endIfInvalid(hash: string, session: OpenSession): boolean {
    if (session.expiresAt > this.#now() && this.#mayUse(session)) return false;
    this.#end(hash);
    return true;
  }

  #makeRoom(user: string): void {
    const own = [...this.#sessions].filter(
      ([, { person }]) => person.user === user,
    );
    if (own.length >= limits.perPerson) this.#end(own[0][0]);
    if (this.#sessions.size < limits.sessions) return;
    const [oldest] = this.#sessions.keys();
    this.#end(oldest);
  }

  #end(hash: string): void {
    const session = this.#sessions.get(hash);
    this.#sessions.delete(hash);
    session?.abort.abort(new Error('The session has ended'));
  }
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64');
}
