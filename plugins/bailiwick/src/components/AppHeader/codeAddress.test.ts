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
});
