import { createMockDirectory } from '@backstage/backend-test-utils';
import { GitHost } from './GitHost';

jest.setTimeout(30_000); // git is run many times

describe('requiredPackages', () => {
  const directory = createMockDirectory();
  beforeEach(() => directory.clear());

  it.each([
    ['no file', { 'functions.py': 'x = 1\n' }, undefined],
    [
      'only comments',
      { 'requirements.txt': '# polars\n\n  # more\n' },
      undefined,
    ],
    [
      'requirements',
      { 'requirements.txt': '# fast\npolars>=1\n' },
      'requirements.txt',
    ],
    [
      'a project without dependencies',
      { 'pyproject.toml': '[project]\nname = "x"\n' },
      undefined,
    ],
    [
      'a project',
      { 'pyproject.toml': '[project]\ndependencies = [\n  "polars",\n]\n' },
      'pyproject.toml',
    ],
    [
      'both, of which requirements count',
      {
        'pyproject.toml': '[project]\ndependencies = ["polars"]\n',
        'requirements.txt': 'scipy\n',
      },
      'requirements.txt',
    ],
    [
      'requirements in a folder, which do not count',
      { 'docs/requirements.txt': 'scipy\n' },
      undefined,
    ],
  ])('reads %s', async (_, files, file) => {
    const host = new GitHost({ directory: directory.path });
    const place = { tenant: 'desk', tenantUid: 'uid', name: 'feed' };
    const contents: Record<string, string | undefined> = files;
    const commit = await host.create(
      place,
      Object.entries(files).map(([path, content]) => ({ path, content })),
      { name: 'bea', email: 'bea@example.com' },
    );
    expect(await host.requiredPackages(place, commit)).toEqual(
      file && { file, content: contents[file] },
    );
  });
});
