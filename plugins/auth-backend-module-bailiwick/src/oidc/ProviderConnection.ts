import { ServiceUnavailableError } from '@backstage/errors';
import { oidcAuthenticator } from '@backstage/plugin-auth-backend-module-oidc-provider';

type Input = Parameters<typeof oidcAuthenticator.initialize>[0];

/** What Backstage's authenticator knows about a provider. */
export type Provider = Awaited<ReturnType<typeof oidcAuthenticator.initialize>>;

/** What a program sees of a provider that does not respond. */
const unreachable =
  /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ETIMEDOUT|socket hang up|timed out|expected 200 OK, got: 5\d\d/;

/** What the client reports about a signature with a key that it has not read. */
const unknownKey = /no valid key found in issuer's jwks_uri/;

/**
 * Connection to an OpenID provider. Backstage reads the metadata of the provider once, when the portal starts; this
 * reads them again after a failure.
 */
export class ProviderConnection {
  readonly allowsMissingEmailVerified: boolean;
  readonly #input: Input;
  readonly #metadataUrl: string;
  #provider?: Provider;

  constructor(input: Input) {
    this.#input = input;
    this.#metadataUrl = input.config.getString('metadataUrl');
    this.allowsMissingEmailVerified =
      input.config.getOptionalBoolean('allowMissingEmailVerified') ?? false;
    this.#provider = this.#connect();
  }

  /**
   * Runs a step of a sign-in.
   *
   * @throws ServiceUnavailableError with the next step while the provider does not respond
   */
  async use<T>(step: (provider: Provider) => Promise<T>): Promise<T> {
    const provider = (this.#provider ??= this.#connect());
    try {
      await provider.promise;
    } catch (error) {
      if (this.#provider === provider) this.#provider = undefined;
      throw this.#unavailable(error);
    }
    try {
      return await step(provider);
    } catch (error) {
      if (unreachable.test(String(error))) throw this.#unavailable(error);
      if (!unknownKey.test(String(error))) throw error;
      // The client reads the keys at most once a minute; a new one reads them at once.
      this.#provider = undefined;
      throw new ServiceUnavailableError(
        'The identity provider has changed its keys. Sign in again',
        error,
      );
    }
  }

  #connect(): Provider {
    const provider = oidcAuthenticator.initialize(this.#input) as Provider;
    provider.promise.catch(() => {}); // Reported to whoever signs in.
    return provider;
  }

  #unavailable(cause: unknown): Error {
    return new ServiceUnavailableError(
      `The identity provider does not respond at ${
        this.#metadataUrl
      }. Try again in a minute; if this continues, tell the platform team`,
      cause,
    );
  }
}
