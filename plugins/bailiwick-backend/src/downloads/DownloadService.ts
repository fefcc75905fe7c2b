import {
  ConflictError,
  InputError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  EnvironmentPlace,
  IssuedGrant,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  fileFormatsOf,
  toQuery,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { App } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { setTimeout as sleep } from 'node:timers/promises';
import { requireFunction } from '../apps/requireFunction';
import type { BailiwickConfig } from '../config';
import type { GrantService } from '../grants/GrantService';
import { ConcurrencyLimiter, errorOfStatus } from '../http';

/** Days until the token of a download expires, if the portal cannot delete it. */
const tokenDays = 5 / (24 * 60);
/** Milliseconds until a download is given up. */
const timeout = 10 * 60_000;
/** Milliseconds between attempts while the gateway does not yet know the token. */
const pauses = [100, 300, 1_000, 2_000];

const limits = {
  perKey: 2,
  total: 16,
  perKeyMessage: () =>
    'You are already downloading 2 files, the maximum; wait until one is complete',
  totalMessage:
    '16 files are being downloaded, the maximum; try again in a moment',
};

/** A file that a person wants. */
export interface WantedFile extends EnvironmentPlace {
  fn: string;
  /** Suffix of the format, such as `xlsx`. */
  format: string;
  /** Values as JSON; the others have their defaults. */
  parameters: Record<string, unknown>;
}

/** A file that the gateway sends. */
export interface Download {
  response: Response;
  /** Deletes the token of the download; called once it has ended. */
  close(): Promise<void>;
}

/**
 * Reads results as files, for people who are signed in to the portal and have no token. Each download is a read through
 * the gateway with a token of the person that exists only until the download ends. Therefore quotas, limits and the
 * record of reads apply to it.
 */
export class DownloadService {
  readonly #config: BailiwickConfig;
  readonly #grants: GrantService;
  readonly #limiter = new ConcurrencyLimiter(limits);

  constructor(options: { config: BailiwickConfig; grants: GrantService }) {
    this.#config = options.config;
    this.#grants = options.grants;
  }

  /**
   * Requests a file from the gateway.
   *
   * @param readable - the app, which the person may read
   * @param signal - ends the download
   * @throws NotFoundError when the app has no such function in the environment
   * @throws InputError when the function has no file in this format, or a parameter is wrong
   * @throws NotAllowedError when the person cannot create tokens
   * @throws ConflictError when the app cannot answer
   */
  async open(
    person: Person,
    readable: App,
    wanted: WantedFile,
    signal: AbortSignal,
  ): Promise<Download> {
    const { app, environment, fn, tenant } = wanted;
    requireFormat(readable, wanted);
    const release = this.#limiter.acquire(person.user);
    let issued: IssuedGrant | undefined;
    const close = async () => {
      release();
      if (!issued) return;
      const { name } = issued.grant.metadata;
      // Otherwise, the token expires.
      await this.#grants.revoke(person, tenant, name).catch(() => {});
    };
    try {
      issued = await this.#grants.create(person, tenant, app, {
        client: 'portal',
        environment,
        functions: [fn],
        days: tokenDays,
      });
      const response = await this.#read(
        wanted,
        issued.token,
        AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
      );
      return { response, close };
    } catch (error) {
      await close();
      throw error;
    }
  }

  async #read(
    { app, environment, fn, format, parameters, tenant }: WantedFile,
    token: string,
    signal: AbortSignal,
  ): Promise<Response> {
    const path = [tenant, environment, app, fn].map(encodeURIComponent);
    const url = `${this.#config.gatewayUrl}/v1/${path.join(
      '/',
    )}.${format}${toQuery(parameters)}`;
    const headers = {
      authorization: `Bearer ${token}`,
      'user-agent': 'Bailiwick portal',
    };
    for (let attempt = 0; ; attempt += 1) {
      const response = await fetch(url, { headers, signal }).catch(() => {
        throw new ServiceUnavailableError(
          "The gateway doesn't respond; try again in a moment",
        );
      });
      if (response.ok) return response;
      const { message, type } = await readFailure(response);
      const pause = pauses[attempt];
      // The gateway watches tokens, and may not have seen this one yet.
      const isUnknown = ['not-logged-in', 'too-many-logins'].includes(type);
      if (!isUnknown || !pause)
        throw (
          errorOfStatus(isUnknown ? 503 : response.status, message) ??
          new ConflictError(message)
        );
      await sleep(pause, undefined, { signal });
    }
  }
}

function requireFormat(
  app: App,
  { environment, fn: name, format }: WantedFile,
): void {
  const { result } = requireFunction(app, environment, name);
  const formats = fileFormatsOf(result, app.spec.delivery)
    .filter(({ isDownload }) => isDownload)
    .map(({ suffix }) => suffix);
  if (formats.includes(format)) return;
  throw new InputError(
    formats.length > 0
      ? `The formats of "${name}" are ${formats.join(', ')}`
      : `The result of "${name}" is not available as a file`,
  );
}

async function readFailure(
  response: Response,
): Promise<{ message: string; type: string }> {
  const { error } = (await response.json().catch(() => ({}))) as {
    error?: { message?: string; type?: string };
  };
  return {
    message: error?.message ?? `The gateway returned status ${response.status}`,
    type: error?.type ?? '',
  };
}
