import type { AuditorService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Duplex } from 'node:stream';
import { z } from 'zod';
import { newCommitSchema } from '../code/newCommit';
import type { Publisher } from '../git/Publisher';
import type { RepositoryService } from '../git/RepositoryService';
import { refusalMessage } from '../http';
import { callWorkspace } from './proxy';

/** Milliseconds until a response must be complete, besides the time for which the workspace waits. */
const timeout = 30_000;
/** Seconds for which the workspace waits until someone publishes. */
const longestWait = 25;

/** A request of any kind. */
const numbered = z.object({ id: z.string().regex(/^[\w-]{1,100}$/) });

/** What a workspace asks for; code of the person's can forge it, as it can use their terminal. */
const request = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('publish'), ...newCommitSchema.shape }),
  z.object({ kind: z.literal('pull') }),
]);

type WorkspaceRequest = z.output<typeof request>;

/** Options of {@link WorkspaceCode}. */
export interface WorkspaceCodeOptions {
  auditor: AuditorService;
  publisher: Publisher;
  repositories: RepositoryService;
  /** The owner, with their present groups. */
  person: () => Person;
  /** Repository of the app. */
  place: { tenant: string; name: string };
  /** Name of the workspace. */
  workspace: string;
  environment: string;
  connect: () => Promise<Duplex>;
}

/** The code in one workspace: its first files, its commits, and newer commits of others. */
export class WorkspaceCode {
  readonly #options: WorkspaceCodeOptions;

  constructor(options: WorkspaceCodeOptions) {
    this.#options = options;
  }

  /** Puts the newest commit into a workspace without code. @throws Error when the workspace does not respond */
  async checkOut(): Promise<void> {
    const state = await this.#call('GET', '/bailiwick/state');
    if (Object(state.body).commit) return;
    const put = await this.#call('PUT', '/bailiwick/code', {
      body: await this.#newestCode(),
    });
    // Another window was faster.
    if (put.status >= 300 && put.status !== 409) throw refusalOf(put);
  }

  /** Waits for a request of the workspace, and answers it. @throws Error when the workspace does not respond */
  async answerNext(signal: AbortSignal): Promise<void> {
    const { body, status } = await this.#call(
      'GET',
      `/bailiwick/requests?wait=${longestWait}`,
      { wait: longestWait * 1000, signal },
    );
    if (status === 204) return;
    if (status !== 200) throw refusalOf({ body, status });
    const { data: sender } = numbered.safeParse(body);
    if (!sender) throw new Error('its request has no valid id');
    const { data: asked } = request.safeParse(body);
    const answer = asked
      ? await this.#answer(asked).catch(error => this.#explain(asked, error))
      : { error: 'The portal does not understand this request.' };
    await this.#call('POST', `/bailiwick/requests/${sender.id}`, {
      body: answer,
    });
  }

  async #answer(asked: WorkspaceRequest): Promise<object> {
    if (asked.kind === 'pull') return this.#newestCode();
    const { auditor, environment, place, publisher, repositories } =
      this.#options;
    const person = this.#options.person();
    const { base, files, message } = asked;
    const event = await auditor.createEvent({
      eventId: 'workspace-publish',
      severityLevel: 'medium',
      meta: { ...place, user: person.user, workspace: this.#options.workspace },
    });
    try {
      const commit = await repositories.commit(person, place, {
        base,
        message,
        files,
      });
      await event.success({ meta: { commit } });
      const waiting = await publisher.publish(person, place);
      const text = waiting ?? `It runs in ${environment} in a few seconds.`;
      return { commit, text };
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }

  /** Returns the newest commit with its text files. */
  async #newestCode(): Promise<object> {
    const { place, repositories } = this.#options;
    const tree = await repositories.listFiles(place);
    if (tree.isCut)
      throw new ConflictError(
        'The repository has too many files for a workspace',
      );
    const files: Record<string, string> = {};
    for (const file of tree.files) {
      const { text } = await repositories.readFile(
        place,
        tree.commit,
        file.path,
      );
      if (text !== undefined) files[file.path] = text;
    }
    return { commit: tree.commit, files };
  }

  /** Returns the error for the person, with the remedy if others committed in the meantime. */
  async #explain(asked: WorkspaceRequest, error: Error): Promise<object> {
    const { place, repositories } = this.#options;
    const isOutdated =
      asked.kind === 'publish' &&
      error instanceof ConflictError &&
      (await repositories.get(place)).commit !== asked.base;
    return isOutdated
      ? {
          error: 'The main branch has a newer commit',
          next: 'Run `bailiwick pull` to get the newest commit, and publish again.',
        }
      : { error: refusalMessage(error) };
  }

  #call(
    method: 'GET' | 'POST' | 'PUT',
    to: string,
    {
      wait = 0,
      ...options
    }: { body?: object; signal?: AbortSignal; wait?: number } = {},
  ) {
    return callWorkspace(this.#options.connect, {
      method,
      path: to,
      timeout: timeout + wait,
      ...options,
    });
  }
}

function refusalOf({ body, status }: { body: unknown; status: number }): Error {
  const { error } = Object(body);
  return new Error(
    typeof error === 'string' ? error : `it answered with status ${status}`,
  );
}
