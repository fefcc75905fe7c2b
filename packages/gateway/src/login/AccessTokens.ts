import {
  createRemoteJWKSet,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import { IdentityUnavailableError, NotLoggedInError } from '../errors';

/** Person whom an access token names. */
export interface Person {
  /** Reference of the entity, such as `user:default/bea`. */
  subject: string;
  expiresAt: Date;
}

/** Identity provider whose access tokens the gateway accepts. */
export interface AccessTokenOptions {
  /** Address of the provider, the `iss` of its tokens. */
  issuer: string;
  /** What tokens must be for. An address includes everything below it. */
  audience: string;
  /** Claim with the name of the person. */
  claim: string;
  /** Domains of names that are e-mail addresses, such as `bea@example.com` for `user:default/bea`. */
  domains: readonly string[];
}

/** Signatures with public keys; a shared secret would prove nothing (RFC 8725, section 3.1). */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
].concat(['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']);
const clockTolerance = 30;
const timeoutMs = 5_000;

/** Verifies the access tokens of an OpenID provider (RFC 9068). */
export class AccessTokens {
  readonly issuer: string;
  readonly #options: AccessTokenOptions;
  #keys?: Promise<JWTVerifyGetKey>;

  constructor(options: AccessTokenOptions) {
    this.issuer = options.issuer;
    this.#options = options;
  }

  /**
   * Returns the person of a token.
   *
   * @throws NotLoggedInError when the token is wrong, expired or for something else
   * @throws IdentityUnavailableError when the provider does not respond
   */
  async verify(token: string): Promise<Person> {
    const { issuer } = this.#options;
    const keys = await this.#findKeys();
    const payload = await jwtVerify(token, keys, {
      algorithms,
      clockTolerance,
      issuer,
      requiredClaims: ['aud', 'exp'],
    }).then(
      result => result.payload,
      error => {
        throw failureOf(error, issuer);
      },
    );
    this.#requireAudience(payload);
    return {
      subject: this.#subjectOf(payload),
      expiresAt: new Date((payload.exp! + clockTolerance) * 1_000),
    };
  }

  #requireAudience({ aud }: JWTPayload): void {
    const { audience } = this.#options;
    const isOwn = [aud]
      .flat()
      .some(one => one === audience || one?.startsWith(`${audience}/`));
    if (isOwn) return;
    throw new NotLoggedInError(
      `This access token isn't for the gateway; request one for the resource ${audience}`,
    );
  }

  #subjectOf(payload: JWTPayload): string {
    const { claim, domains } = this.#options;
    const name = payload[claim];
    const [, local, domain] =
      typeof name === 'string'
        ? /^([a-z0-9._-]{1,63})(?:@(.+))?$/i.exec(name) ?? []
        : [];
    if (!local)
      throw new NotLoggedInError(
        `The claim ${claim} of this access token isn't the name of a person; a platform engineer can set --oidc-claim`,
      );
    if (domain && !domains.includes(domain.toLowerCase()))
      throw new NotLoggedInError(
        `People of ${domain} can't sign in; a platform engineer can set --oidc-domains`,
      );
    return `user:default/${local.toLowerCase()}`;
  }

  /** Reads the provider's metadata (OpenID Connect Discovery 1.0, section 4), again after a failure. */
  #findKeys(): Promise<JWTVerifyGetKey> {
    this.#keys ??= discover(this.#options.issuer).catch(error => {
      this.#keys = undefined;
      throw unavailable(this.#options.issuer, error);
    });
    return this.#keys;
  }
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const response = await fetch(
    `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    { signal: AbortSignal.timeout(timeoutMs) },
  );
  if (!response.ok) throw new Error(`Status ${response.status}`);
  const metadata = await response.json();
  if (metadata.issuer !== issuer)
    throw new Error(`Its metadata names the issuer ${metadata.issuer}`);
  return createRemoteJWKSet(new URL(metadata.jwks_uri), {
    timeoutDuration: timeoutMs,
  });
}

function failureOf(error: unknown, issuer: string): Error {
  if (error instanceof errors.JWTExpired)
    return new NotLoggedInError(
      'This access token expired; request another one',
      { cause: error },
    );
  const isWrong =
    error instanceof errors.JOSEError &&
    !(error instanceof errors.JWKSTimeout) &&
    !(error instanceof errors.JWKSInvalid) &&
    error.code !== 'ERR_JOSE_GENERIC';
  return isWrong
    ? new NotLoggedInError(`This access token isn't valid: ${error.message}`, {
        cause: error,
      })
    : unavailable(issuer, error);
}

function unavailable(issuer: string, cause: unknown): Error {
  return new IdentityUnavailableError(
    `Can't check this access token, because ${issuer} does not respond; retry, or use a token of Bailiwick`,
    { cause, retryAfter: 5 },
  );
}
