import type { LoggerService } from '@backstage/backend-plugin-api';
import { createTransport } from 'nodemailer';
import type { MailServer } from './readChannels';

/** Time limit of each step of the connection. */
const timeoutMs = 10_000;

/** Checks that the mail server accepts connections and the sign-in, and logs each change with its remedy. */
export class MailServerCheck {
  readonly #server: MailServer;
  readonly #logger: LoggerService;
  #last = '';

  constructor(server: MailServer, logger: LoggerService) {
    this.#server = server;
    this.#logger = logger;
  }

  /** Connects once, without sending anything. Never throws. */
  async run(): Promise<void> {
    const { hostname, password, port, requireTls, secure, username } =
      this.#server;
    const transport = createTransport({
      host: hostname,
      port,
      secure,
      requireTLS: requireTls,
      auth: username ? { user: username, pass: password } : undefined,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
    });
    const problem = await transport
      .verify()
      .then(() => '')
      .catch(error => describe(error));
    transport.close();
    if (problem === this.#last) return;
    this.#last = problem;
    const name = `mail server ${hostname}:${port}`;
    if (problem)
      this.#logger.error(
        `E-mail notifications can't be sent through the ${name}: ${problem} Notifications still appear in the portal; e-mails that fail now are not resent.`,
      );
    else this.#logger.info(`The ${name} accepts e-mail notifications again.`);
  }
}

/** The reason and the remedy, by nodemailer's error codes. */
function describe(error: Error & { code?: string; reason?: string }): string {
  const key = 'notifications.processors.email.transportConfig';
  // OpenSSL's errors have the reason apart from a line of internals.
  const { code, message, reason } = error;
  const because = `${reason ?? message.replace(/\.$/, '')}.`;
  if (code === 'EAUTH')
    return `${because} Check username and password in ${key}.`;
  if (code === 'ETLS' || /certificate|ssl|tls/i.test(message))
    return `${because} Set secure: true for a port that begins with TLS (465), or requireTls: true for STARTTLS (587), in ${key}. Start the portal with NODE_EXTRA_CA_CERTS if a private authority signed the server's certificate.`;
  return `${because} Check hostname and port in ${key}, and that the portal may connect to the server.`;
}
