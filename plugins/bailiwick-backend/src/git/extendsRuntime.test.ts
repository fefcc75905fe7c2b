import { createMockDirectory } from '@backstage/backend-test-utils';
import { GitHost } from './GitHost';

jest.setTimeout(30_000); // git is run many times

describe('extendsRuntime', () => {
  const directory = createMockDirectory();
  beforeEach(() => directory.clear());

  it.each([
    ['no Dockerfile', { 'functions.py': 'x = 1\n' }, false],
    ['a last stage', { Dockerfile: 'FROM runtime\nUSER 0\n' }, true],
    [
      'a last stage after others',
      {
        Dockerfile:
          '# syntax\nFROM gcc:12 AS build\n\nfrom --platform=x runtime AS end',
      },
      true,
    ],
    [
      'a stage that is not the last one',
      { Dockerfile: 'FROM runtime AS first\nFROM python:3.12\n' },
      false,
    ],
    ['another image', { Dockerfile: 'FROM runtime-slim\n' }, false],
    ['a file in a folder', { 'docs/Dockerfile': 'FROM runtime\n' }, false],
  ])('with %s', async (_, files, expected) => {
    const host = new GitHost({ directory: directory.path });
    const place = { tenant: 'desk', tenantUid: 'uid', name: 'feed' };
    const contents: Record<string, string | undefined> = files;
    const commit = await host.create(
      place,
      Object.entries(contents).map(([path, content = '']) => ({
        path,
        content,
      })),
      { name: 'Bea', email: 'bea@example.com' },
    );
    expect(await host.extendsRuntime(place, commit)).toBe(expected);
  });
});
