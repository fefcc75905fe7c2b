import { readConfig } from './config';

describe('readConfig', () => {
  it('listens on loopback by default', () => {
    expect(readConfig([], {})).toMatchObject({
      host: '127.0.0.1',
      port: 7080,
      metricsPort: 7081,
      upstream: 'direct',
      timeout: 60_000,
      failedLogins: 20,
      streams: 5_000,
      streamsPerGrant: 100,
      readsMegabytes: 64,
      snapshotsMegabytes: 1024,
      trustedProxies: [],
    });
  });

  it('prefers the command line to the environment', () => {
    const environment = {
      BAILIWICK_GATEWAY_PORT: '1',
      BAILIWICK_GATEWAY_PUBLIC_URL: 'https://feeds.example/',
      BAILIWICK_GATEWAY_TRUSTED_PROXIES: '10.0.0.0/8,fd00::/8',
    };
    expect(readConfig(['--port', '2'], environment)).toMatchObject({
      port: 2,
      publicUrl: 'https://feeds.example',
      trustedProxies: ['10.0.0.0/8', 'fd00::/8'],
    });
  });

  it.each([
    [['--port', 'x'], '--port is "x"'],
    [['--port', '70000'], 'from 0 to 65535'],
    [['--metrics-port', '-1'], '--metrics-port'],
    [['--upstream', 'both'], 'must be direct or proxy'],
    [['--timeout', '0'], '--timeout is "0"'],
    [['--snapshots-megabytes', '0'], '--snapshots-megabytes is "0"'],
    [['--failed-logins', '0'], '--failed-logins is "0"'],
    [['--streams-per-grant', '0'], '--streams-per-grant is "0"'],
    [['--trusted-proxies', '10.0.0.0/8,all'], '--trusted-proxies has "all"'],
    [['--colour'], '--colour'],
  ])('refuses %j', (args, said) => {
    expect(() => readConfig(args, {})).toThrow(said);
  });
});
