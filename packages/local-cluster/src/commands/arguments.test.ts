import { toFlags } from '../lifecycle/startDetached';
import { parseArguments } from './arguments';

describe('parseArguments', () => {
  it('reads a command with its options', () => {
    const options = parseArguments([
      'image',
      'load',
      'a.json',
      '--name',
      'dev',
      '--data-dir=/d',
    ]);
    expect(options).toMatchObject({
      command: 'image',
      positionals: ['load', 'a.json'],
      name: 'dev',
      dataDir: '/d',
      provider: 'auto',
    });
  });

  it.each(['Dev', 'a_b', '-a', 'a-', 'a'.repeat(25), ''])(
    'rejects the name "%s"',
    name => {
      expect(() => parseArguments(['start', `--name=${name}`])).toThrow(
        'must be 1 to 24',
      );
    },
  );

  it('rejects an unknown provider, naming the known ones', () => {
    expect(() => parseArguments(['start', '--provider=minikube'])).toThrow(
      'auto, existing, kind',
    );
  });

  it('rejects an unknown option', () => {
    expect(() => parseArguments(['start', '--fast'])).toThrow('--fast');
  });

  it('parses the arguments of a supervisor', () => {
    const options = {
      name: 'dev',
      dataDir: '/d',
      provider: 'existing',
      context: 'staging',
      controlPlaneOnly: true,
      controllerManager: true,
      simulatedNode: '/d/pods.sock',
      kinds: '/d/kinds',
    } as const;
    expect(parseArguments(['start', ...toFlags(options)])).toMatchObject(
      options,
    );
  });
});
