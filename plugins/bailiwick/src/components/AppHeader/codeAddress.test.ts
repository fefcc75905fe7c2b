import { anApp } from '../../__fixtures__/views';
import { codeAddress } from './codeAddress';

describe('codeAddress', () => {
  it.each([
    ['rates-desk/month-end-prices', '/page/code'],
    ['ssh://git@git.example.com/team/code.git', '/page/code'],
    [
      'https://git.example.com/team/code.git',
      'https://git.example.com/team/code',
    ],
  ])('of %s is %s', (repository, expected) => {
    const app = anApp();
    app.spec.source.repository = repository;
    expect(codeAddress(app, '/page')).toBe(expected);
  });

  it('is the tab Code for a repository at a git host that the portal can change', () => {
    const app = anApp({ hasMirror: true });
    app.spec.source.repository = 'https://git.example.com/team/code.git';
    expect(codeAddress(app, '/page')).toBe('/page/code');
  });
});
