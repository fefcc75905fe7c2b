import type {
  AuditorService,
  HttpAuthService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common';
import { personOf } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Request } from 'express';

/** Finds out who asks, and keeps an audit trail of what they change. */
export class Caller {
  readonly #httpAuth: HttpAuthService;
  readonly #userInfo: UserInfoService;
  readonly #auditor: AuditorService;

  constructor(options: {
    httpAuth: HttpAuthService;
    userInfo: UserInfoService;
    auditor: AuditorService;
  }) {
    this.#httpAuth = options.httpAuth;
    this.#userInfo = options.userInfo;
    this.#auditor = options.auditor;
  }

  /** The person who asks. Only people are let in, not other plugins on their own behalf. */
  async person(request: Request): Promise<Person> {
    const credentials = await this.#httpAuth.credentials(request, {
      allow: ['user'],
    });
    return personOf(credentials, this.#userInfo);
  }

  /** Runs a change as the person who asks; its success or failure is audited. */
  async change<T>(
    request: Request,
    eventId: string,
    meta: Record<string, string>,
    act: (person: Person) => Promise<T>,
  ): Promise<T> {
    const event = await this.#auditor.createEvent({
      eventId,
      request,
      severityLevel: 'medium',
      meta,
    });
    try {
      const result = await act(await this.person(request));
      await event.success();
      return result;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }
}
