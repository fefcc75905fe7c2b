import {
  createKind,
  dockerBuild,
  flattenContext,
  kindLoadImage,
  kindName,
} from './commands';

const line = ({
  program,
  arguments: rest,
}: {
  program: string;
  arguments: string[];
}) => [program, ...rest].join(' ');

describe('commands of other tools', () => {
  it('creates a kind cluster with its own kubeconfig', () => {
    expect(
      line(createKind('kind', 'bailiwick-dev', '/d/admin.kubeconfig')),
    ).toBe(
      'kind create cluster --name bailiwick-dev --kubeconfig /d/admin.kubeconfig --wait 180s',
    );
  });

  it('calls the kind clusters of two data folders differently', () => {
    expect(kindName('/a/cluster-local')).not.toBe(kindName('/b/cluster-local'));
    expect(kindName('/a/cluster-local')).toBe(kindName('/a/cluster-local'));
  });

  it('builds and loads images under the reference that pods use', () => {
    expect(line(dockerBuild('localhost/a:1', '/context'))).toBe(
      'docker build --quiet --tag localhost/a:1 /context',
    );
    expect(line(kindLoadImage('kind', 'bailiwick-dev', 'localhost/a:1'))).toBe(
      'kind load docker-image localhost/a:1 --name bailiwick-dev',
    );
  });

  it('uses the named context, or the current one', () => {
    const current = 'kubectl config view --raw --minify --flatten';
    expect(line(flattenContext('kubectl'))).toBe(current);
    expect(line(flattenContext('kubectl', 'staging'))).toBe(
      `${current} --context=staging`,
    );
  });
});
