import { mockServices } from '@backstage/backend-test-utils';
import { MailServer } from '@bailiwick/backstage-testing/mail';
import { MailServerCheck } from './MailServerCheck';

describe('MailServerCheck', () => {
  const logger = mockServices.logger.mock();
  let server: MailServer;
  beforeAll(async () => {
    server = await MailServer.start();
  });
  afterAll(() => server?.stop());
  beforeEach(() => jest.clearAllMocks());

  const settings = (more = {}) => ({
    transport: 'smtp' as const,
    hostname: '127.0.0.1',
    port: server.port,
    secure: false,
    requireTls: true,
    username: server.username,
    password: server.password,
    ...more,
  });

  it('reports nothing about a server that accepts the login', async () => {
    await new MailServerCheck(settings(), logger).run();
    expect(logger.error).not.toHaveBeenCalled();
    expect(logger.info).not.toHaveBeenCalled();
  });

  it.each([
    [
      'a wrong password',
      { password: 'guessed' },
      /Invalid username or password.* Check username and password in notifications\.processors\.email\.transportConfig/,
    ],
    [
      'TLS from the start on a port of STARTTLS',
      { secure: true },
      /: wrong version number\. Set .*requireTls: true for STARTTLS/,
    ],
    [
      'a closed port',
      { port: 1 },
      /mail server 127\.0\.0\.1:1: connect ECONNREFUSED 127\.0\.0\.1:1\. Check hostname and port/,
    ],
  ])(
    'logs the reason and the remedy of %s, once',
    async (_what, more, text) => {
      const check = new MailServerCheck(settings(more), logger);
      await check.run();
      await check.run();
      expect(logger.error).toHaveBeenCalledTimes(1);
      expect(logger.error.mock.calls[0][0]).toMatch(text);
      expect(JSON.stringify(logger.error.mock.calls)).not.toContain('guessed');
    },
  );

  it('logs that the server is back', async () => {
    const other = await MailServer.start();
    const { port } = other;
    const check = new MailServerCheck(settings({ port }), logger);
    await other.stop();
    await check.run();
    expect(logger.error).toHaveBeenCalledTimes(1);
    const again = await MailServer.start(port);
    await check.run();
    await again.stop();
    expect(logger.info).toHaveBeenCalledWith(
      `The mail server 127.0.0.1:${port} accepts e-mail notifications again.`,
    );
  });
});
