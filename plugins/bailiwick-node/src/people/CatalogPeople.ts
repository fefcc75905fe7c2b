import type {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { PeopleService } from './PeopleService';

/** Milliseconds for which an answer of the catalog holds. */
const maxAge = 15_000;
/** Milliseconds after the start in which a new catalog may not have read all people yet. */
const reading = 300_000;
/** References in one request to the catalog. */
const perRequest = 500;

/** Options of {@link CatalogPeople}. */
export interface CatalogPeopleOptions {
  auth: AuthService;
  catalog: Pick<CatalogService, 'getEntitiesByRefs' | 'queryEntities'>;
  logger: LoggerService;
  /** Returns milliseconds since the epoch; the clock of the process by default. */
  now?: () => number;
}

interface Answer {
  isPresent: boolean;
  /** Whether the catalog has had an entity since the start. */
  wasPresent: boolean;
  at: number;
}

/** Asks the catalog about people when they are active. If it fails, its last answer about a person holds. */
export class CatalogPeople implements PeopleService {
  readonly #options: CatalogPeopleOptions;
  readonly #answers = new Map<string, Answer>();
  readonly #pending = new Map<string, Promise<void>>();
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #startedAt: number;
  #timer?: NodeJS.Timeout;

  constructor(options: CatalogPeopleOptions) {
    this.#options = options;
    this.#startedAt = this.#now();
  }

  /** Begins to look for people who leave while something of theirs is open. */
  start(): void {
    this.#timer = setInterval(() => this.check(), maxAge).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async requirePresent(user: string): Promise<void> {
    await this.#refresh([user]);
    if (!this.#answers.get(user)?.isPresent)
      throw new AuthenticationError(
        `The catalog has no user ${user}. If you have not left, ask the platform team to add you, then sign in again`,
      );
  }

  async findAbsent(users: Iterable<string>): Promise<Set<string>> {
    const all = [...new Set(users)];
    await this.#refresh(all);
    return new Set(all.filter(one => !this.#answers.get(one)?.isPresent));
  }

  async findDeparted(users: Iterable<string>): Promise<Set<string>> {
    const absent = [...(await this.findAbsent(users))];
    const mayBeReading = this.#now() - this.#startedAt < reading;
    return new Set(
      absent.filter(one => !mayBeReading || this.#answers.get(one)?.wasPresent),
    );
  }

  onDeparture(user: string, departed: () => void): () => void {
    const listeners = this.#listeners.get(user) ?? new Set();
    this.#listeners.set(user, listeners.add(departed));
    return () => {
      listeners.delete(departed);
      if (listeners.size === 0 && this.#listeners.get(user) === listeners)
        this.#listeners.delete(user);
    };
  }

  /** Calls the listeners of people who have left; never rejects. */
  async check(): Promise<void> {
    // Answers about others hold while the catalog fails. Those about strangers would be unlimited.
    const oldest = this.#now() - 2 * maxAge;
    for (const [user, { at, wasPresent }] of this.#answers)
      if (at < oldest && !wasPresent) this.#answers.delete(user);
    try {
      for (const user of await this.findDeparted(this.#listeners.keys())) {
        const listeners = this.#listeners.get(user);
        this.#listeners.delete(user);
        listeners?.forEach(departed => departed());
      }
    } catch (error) {
      this.#options.logger.warn(
        `Can't check whether people have left; checking again: ${error}`,
      );
    }
  }

  async #refresh(users: string[]): Promise<void> {
    const oldest = this.#now() - maxAge;
    const isOld = (user: string) =>
      !((this.#answers.get(user)?.at ?? -Infinity) > oldest);
    const old = users.filter(isOld);
    const asked = old.filter(user => !this.#pending.has(user));
    for (let start = 0; start < asked.length; start += perRequest) {
      const some = asked.slice(start, start + perRequest);
      const answered = this.#ask(some).finally(() =>
        some.forEach(user => this.#pending.delete(user)),
      );
      for (const user of some) this.#pending.set(user, answered);
    }
    try {
      await Promise.all(old.map(user => this.#pending.get(user)));
    } catch (error) {
      if (!old.some(user => !this.#answers.has(user))) return;
      throw new ServiceUnavailableError(
        'The catalog does not respond, so the portal cannot check your access. Try again in a minute',
        error,
      );
    }
  }

  async #ask(entityRefs: string[]): Promise<void> {
    const { auth, catalog } = this.#options;
    const at = this.#now();
    const credentials = await auth.getOwnServiceCredentials();
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs, fields: ['kind', 'metadata.name', 'metadata.namespace'] },
      { credentials },
    );
    if (!items.some(Boolean)) await this.#requireUsers(credentials);
    entityRefs.forEach((user, position) => {
      const isPresent = Boolean(items[position]);
      const wasPresent =
        isPresent || (this.#answers.get(user)?.wasPresent ?? false);
      this.#answers.set(user, { at, isPresent, wasPresent });
    });
  }

  /** Prevents a new catalog, which has read no people yet, from looking like one that everyone has left. */
  async #requireUsers(credentials: BackstageCredentials): Promise<void> {
    const { totalItems } = await this.#options.catalog.queryEntities(
      { filter: { kind: 'User' }, limit: 1, fields: ['kind'] },
      { credentials },
    );
    if (totalItems === 0)
      throw new ServiceUnavailableError(
        'The catalog has read no people yet. Try again in a minute',
      );
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }
}
