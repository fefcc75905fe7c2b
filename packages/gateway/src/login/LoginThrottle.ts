import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import {
  LoginRequiredError,
  TooManyLoginsError,
  type NotLoggedInError,
} from '../errors';

/** Seconds of a lockout. */
const lockout = 300;

/**
 * Throttles failed logins per address (OWASP ASVS 5.0, section 6.3). Tokens are random numbers of 256 bits, so a request
 * with a valid token is never guessed: it passes during a lockout, and a misconfigured client locks out nobody else
 * behind the same proxy.
 */
export class LoginThrottle {
  readonly #limiter: RateLimiterMemory;

  /** @param failures - maximum number of failed logins per minute and address */
  constructor(failures: number) {
    this.#limiter = new RateLimiterMemory({
      points: failures,
      duration: 60,
      blockDuration: lockout,
    });
  }

  /** Counts a failed login, unless there was no token; returns the error that the client gets. */
  async fail(
    address: string,
    error: NotLoggedInError,
  ): Promise<NotLoggedInError | TooManyLoginsError> {
    if (error instanceof LoginRequiredError) return error;
    try {
      await this.#limiter.consume(address);
      return error;
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const retryAfter = Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
      return new TooManyLoginsError(
        `Too many failed logins from ${address}; correct the token, and retry in ${retryAfter} s`,
        { retryAfter },
      );
    }
  }
}
