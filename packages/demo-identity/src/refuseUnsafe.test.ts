import { refuseUnsafe } from './refuseUnsafe';

describe('refuseUnsafe', () => {
  it.each(['localhost', '127.0.0.1', '::1'])('allows %s', host => {
    expect(() => refuseUnsafe({ host, nodeEnv: 'development' })).not.toThrow();
    expect(() => refuseUnsafe({ host })).not.toThrow();
  });

  it.each(['0.0.0.0', '::', '192.168.1.5', 'portal.example.com', ''])(
    'refuses to listen on "%s"',
    host => {
      expect(() => refuseUnsafe({ host })).toThrow(/only on loopback/);
    },
  );

  it('refuses to start in production, with an alternative', () => {
    expect(() =>
      refuseUnsafe({ host: 'localhost', nodeEnv: 'production' }),
    ).toThrow(/auth\.providers/);
  });
});
