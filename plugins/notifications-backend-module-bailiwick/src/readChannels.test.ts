import { ConfigReader } from '@backstage/config';
import { readChannels } from './readChannels';

const smtp = {
  transport: 'smtp',
  hostname: 'smtp.example.com',
  port: 587,
  requireTls: true,
  username: 'portal',
  password: 'secret',
};
const email = {
  sender: 'Bailiwick <bailiwick@example.com>',
  transportConfig: smtp,
};

const read = (processors?: object) =>
  readChannels(
    new ConfigReader(
      processors && ({ notifications: { processors } } as object),
    ),
  );

describe('readChannels', () => {
  it('turns on nothing by default', () => {
    expect(read()).toEqual({ email: false, slack: false });
    expect(read({ slack: [] })).toEqual({ email: false, slack: false });
  });

  it('reads a mail server, with a port from an environment variable', () => {
    const transportConfig = { ...smtp, port: '587' };
    expect(read({ email: { ...email, transportConfig } })).toEqual({
      email: true,
      slack: false,
      server: { ...smtp, secure: false },
    });
  });

  it('reads other transports and Slack', () => {
    const transportConfig = { transport: 'ses', region: 'eu-west-1' };
    expect(
      read({
        email: { ...email, transportConfig },
        slack: [{ token: 'xoxb-1' }],
      }),
    ).toEqual({ email: true, slack: true });
  });

  it.each([
    [
      'no sender, and host in place of hostname',
      {
        email: {
          transportConfig: { transport: 'smtp', host: 'smtp', port: 587 },
        },
      },
      [
        'notifications.processors.email.sender is missing; set it, for example to Bailiwick <bailiwick@example.com>',
        'notifications.processors.email.transportConfig.hostname is missing; set it, for example to smtp.example.com',
      ],
    ],
    [
      'an unset password',
      {
        email: {
          ...email,
          transportConfig: { ...smtp, password: undefined },
        },
      },
      ['transportConfig.password is missing; set it beside username'],
    ],
    [
      'an unset user name',
      {
        email: {
          ...email,
          transportConfig: { ...smtp, username: undefined },
        },
      },
      ['transportConfig.username is missing; set it beside password'],
    ],
    [
      'a port that is none',
      { email: { ...email, transportConfig: { ...smtp, port: 'mail' } } },
      ['transportConfig.port must be the port of the mail server'],
    ],
    [
      'an unknown transport',
      { email: { ...email, transportConfig: { transport: 'pigeon' } } },
      [
        'notifications.processors.email.transportConfig.transport must be smtp, ses, sendmail or azure',
      ],
    ],
    [
      'a sender without address',
      { email: { ...email, sender: 'Bailiwick' } },
      ['email.sender must be an e-mail address'],
    ],
    [
      'no transport',
      { email: { sender: email.sender } },
      ['email.transportConfig is missing'],
    ],
    [
      'Slack without list',
      { slack: { token: 'xoxb-1' } },
      ['notifications.processors.slack must be a list'],
    ],
    [
      'Slack without token',
      { slack: [{}] },
      ['notifications.processors.slack.0.token is missing'],
    ],
  ])('names the setting and the remedy: %s', (_what, processors, messages) => {
    expect(() => read(processors)).toThrow(
      'Invalid configuration of notifications',
    );
    for (const message of messages)
      expect(() => read(processors)).toThrow(message);
  });
});
