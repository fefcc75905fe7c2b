import { contentProblems } from './problemsOf';

const manifest = {
  description: 'Pages',
  keywords: ['backstage'],
  license: 'Apache-2.0',
};
const files = ['package.json', 'README.md', 'LICENSE', 'docs/steps.md'];

describe('contentProblems', () => {
  it('accepts a complete package', () => {
    const readme = '[a](#b) [c](https://example.com/d) [e](docs/steps.md#f)';
    const complete = { files, manifest, readme };
    expect(contentProblems(complete, [])).toEqual([]);
  });

  it('names what is missing', () => {
    const incomplete = { files: ['package.json'], manifest: {}, readme: '' };
    expect(contentProblems(incomplete, [])).toEqual([
      'package.json has no description',
      'package.json has no keywords',
      'package.json has no license',
      'README.md is missing',
      'LICENSE is missing',
    ]);
  });

  it('names dependencies that are not published', () => {
    const dependencies = {
      '@bailiwick/a': '1',
      '@bailiwick/b': '1',
      knex: '3',
    };
    const one = { files, manifest: { ...manifest, dependencies }, readme: '' };
    expect(contentProblems(one, ['@bailiwick/a'])).toEqual([
      'It depends on @bailiwick/b, which is not published',
    ]);
  });

  it('names links that lead nowhere', () => {
    const readme = '[ADR 6](../../docs/adr/0006-type-stripping.md)';
    expect(contentProblems({ files, manifest, readme }, [])).toEqual([
      'README.md links to ../../docs/adr/0006-type-stripping.md, which is not packed',
    ]);
  });
});
