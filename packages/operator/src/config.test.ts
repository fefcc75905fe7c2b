import { readConfig } from './config';

describe('readConfig', () => {
  it('reads flags before environment variables before defaults', () => {
    const env = {
      BAILIWICK_KUBECONFIG: '/env',
      BAILIWICK_OPERATOR_PORT: '9000',
    };
    expect(readConfig(['--kubeconfig', '/flag'], env)).toMatchObject({
      kubeconfig: '/flag',
      port: 9000,
      leaderElection: true,
    });
    expect(readConfig(['--no-leader-election'], {})).toMatchObject({
      port: 8081,
      leaderElection: false,
      leaseSeconds: 15,
    });
    expect(readConfig(['--lease-seconds', '6'], {})?.leaseSeconds).toBe(6);
  });

  it.each([
    ['--port', 'x'],
    ['--port', '70000'],
    ['--lease-seconds', '2'],
    ['--lease-seconds', '6.5'],
    ['--unknown', '1'],
  ])('refuses %s %s', (...args) => {
    expect(() => readConfig(args, {})).toThrow();
  });

  it('returns nothing if help is requested', () => {
    expect(readConfig(['--help'], {})).toBeUndefined();
  });
});
