import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../paths';
import { findSum } from './download';
import { kubernetesSet, runtimeSet } from './programSets';
import { isAtLeast } from './versions';

describe('isAtLeast', () => {
  it.each([
    ['2.0.1', '2.0', true],
    ['2.0', '2.0', true],
    ['10.1', '9.9', true],
    ['1.6.20', '2.0', false],
    ['1.1.9', '1.2', false],
  ])('compares %s with %s by number', (version, least, expected) => {
    expect(isAtLeast(version, least)).toBe(expected);
  });
});

describe('findSum', () => {
  const sum = 'a'.repeat(64);
  const other = 'b'.repeat(64);

  it('accepts a file with only the checksum', () => {
    expect(findSum(`${sum}\n`, 'kubelet')).toBe(sum);
  });

  it('picks the line of the file among others', () => {
    expect(
      findSum(`${other}  runc.arm64\n${sum} *runc.amd64\n`, 'runc.amd64'),
    ).toBe(sum);
  });

  it('ignores the checksum of another file', () => {
    expect(
      findSum(`${other}  runc.arm64\n${other}  runc.tar.xz\n`, 'runc.amd64'),
    ).toBeUndefined();
  });

  it('ignores text that is not a checksum', () => {
    expect(findSum('<html>not found</html>', 'kubelet')).toBeUndefined();
  });
});

describe('program sets', () => {
  it.each([kubernetesSet, runtimeSet])(
    'downloads every program of $title',
    set => {
      const downloaded = set.downloads?.flatMap(each => [
        ...(each.program ? [each.program] : []),
        ...Object.keys(each.members ?? {}),
      ]);
      expect(downloaded?.sort()).toEqual([...set.programs].sort());
    },
  );
});

describe.each(['go-kwok', 'go-helm'])('the build of %s', folder => {
  /** Versions of the modules that a go.mod names, the replaced ones included. */
  const modules = (of: string) => {
    const text = readFileSync(join(packageFolder, of, 'go.mod'), 'utf8');
    const required = text.matchAll(/^\s*([\w./-]+\.[\w./-]+) (v[\w.+-]+)/gm);
    const replaced = text.matchAll(/^\s*(\S+) => \S+ (v\S+)$/gm);
    return new Map(
      [...required, ...replaced].map(([, name, version]) => [name, version]),
    );
  };

  it('finds packages in the Go cache that the build of Kubernetes compiled', () => {
    const kubernetes = modules('go');
    const different = [...modules(folder)].filter(
      ([name, version]) =>
        /^(k8s\.io|sigs\.k8s\.io|google\.golang\.org|golang\.org)\//.test(
          name,
        ) &&
        kubernetes.has(name) &&
        kubernetes.get(name) !== version,
    );
    // With another version of a module, all that imports it is compiled twice.
    expect(different).toEqual([]);
  });
});
