import { repositoryPattern } from './repositoryPattern';

describe('repositoryPattern', () => {
  it.each([
    'alpha/prices',
    'prices',
    'git@git.example.com:team/code.git',
    'git.example.com:~team/code.git',
    'ssh://git@git.example.com:2222/~team/code.git',
    'ssh://git.example.com/team/code-',
    'git://git.example.com/team/code.git',
    'https://git.example.com/team/code_1.2+x.git',
    'https://git.example.com/team/code/',
    'https://me%40example.com:token-1@git.example.com/My%20team/_git/%D0%BA%D0%BE%D0%B4',
    'https://10.0.0.1:8443/team/code.git',
  ])('accepts %s', repository => {
    expect(repository).toMatch(repositoryPattern);
  });

  it.each([
    ...['-oX/y', '-oX:y/z', '--upload-pack=id', 'alpha/-x', 'alpha//prices'],
    ...[
      'git@-oX:y/z',
      '-l@host:y/z',
      '%2dl@host:y',
      'git@%2doX:y',
      'git@h.-x:y',
    ],
    ...['host:-x', 'host:x/-y', 'host:x/%2dy', 'host:%2Dx', 'git@-oX/y'],
    ...[
      'ssh://-oX/y',
      'ssh://git@-oX/y',
      'ssh://-l@host/y',
      'ssh://%2dl@host/y',
    ],
    ...[
      'ssh://git@%2doX/y',
      'ssh://%2DoX/y',
      'ssh://host/-x',
      'ssh://host/%2dx',
    ],
    ...[
      'ssh://host:-1/x',
      'https://host/x/-y',
      'https://host/x%0Ay',
      'https://host/%00',
    ],
    ...[
      'https://host/%',
      'https://host/%zz',
      'https://-x.example/y',
      'https:///etc',
    ],
    ...[
      'ext::sh',
      'ext::sh -c id',
      'host::x',
      'fd::7',
      'file:///etc/passwd',
      'file::x',
    ],
    ...[
      'ftp://host/x',
      'alpha/x\nid',
      'alpha/x\n',
      '\nalpha/x',
      'alpha/x\r',
      'alpha x',
    ],
    ...['alpha/$(id)', 'alpha/`id`', "alpha/x'", 'alpha\\x', 'alpha/x;id', ''],
  ])('refuses %j', repository => {
    expect(repository).not.toMatch(repositoryPattern);
  });
});
