import { simpleParser, type AddressObject } from 'mailparser';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { SMTPServer } from 'smtp-server';

/** A mail as it arrived over SMTP. */
export interface ReceivedMail {
  /** Recipients of the envelope (RCPT TO), which decide who gets it. */
  to: string[];
  from: string;
  subject: string;
  text: string;
  html: string;
  /** Whether it came over TLS. */
  isEncrypted: boolean;
}

/** An SMTP server on loopback that keeps received mails. It requires STARTTLS and a login. */
export class MailServer {
  readonly username = 'portal';
  readonly password = 'correct horse';
  readonly mails: ReceivedMail[] = [];
  readonly #server: SMTPServer;
  readonly #trustedBefore = tls.getCACertificates('default');

  private constructor() {
    const { cert, key } = makeCertificate();
    // What NODE_EXTRA_CA_CERTS does at the start of a process.
    tls.setDefaultCACertificates([...this.#trustedBefore, cert]);
    this.#server = new SMTPServer({
      key,
      cert,
      onAuth: ({ password, username }, _session, done) =>
        username === this.username && password === this.password
          ? done(null, { user: username })
          : done(new Error('Invalid username or password')),
      onData: (stream, { envelope, secure }, done) => {
        simpleParser(stream).then(({ from, html, subject, text }) => {
          this.mails.push({
            to: envelope.rcptTo.map(({ address }) => address),
            from: (from as AddressObject | undefined)?.text ?? '',
            subject: subject ?? '',
            text: text ?? '',
            html: html || '',
            isEncrypted: secure,
          });
          done();
        }, done);
      },
    });
  }

  /** Starts a server, by default on a free port. Until it stops, this process trusts its certificate. */
  static async start(port = 0): Promise<MailServer> {
    const server = new MailServer();
    await new Promise<void>((resolve, reject) => {
      server.#server.once('error', reject);
      server.#server.listen(port, '127.0.0.1', resolve);
    });
    return server;
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  /** Mails to an address. */
  to(address: string): ReceivedMail[] {
    return this.mails.filter(({ to }) => to.includes(address));
  }

  async stop(): Promise<void> {
    tls.setDefaultCACertificates(this.#trustedBefore);
    await new Promise<void>(resolve => this.#server.close(resolve));
  }
}

/** A key and a certificate for 127.0.0.1, signed with the key itself. */
function makeCertificate(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'mail-server-'));
  const [key, cert] = ['key.pem', 'cert.pem'].map(name => join(folder, name));
  try {
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-nodes', '-days', '2'],
        ...['-pkeyopt', 'ec_paramgen_curve:P-256', '-subj', '/CN=localhost'],
        ...['-addext', 'subjectAltName=IP:127.0.0.1'],
        ...['-keyout', key, '-out', cert],
      ],
      { stdio: 'ignore' },
    );
    return {
      key: readFileSync(key, 'utf8'),
      cert: readFileSync(cert, 'utf8'),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
