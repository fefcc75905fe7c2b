import { aGrant } from '../__testUtils__/objects';
import { checkAccess } from './checkAccess';

const target = {
  tenant: 'desk',
  environment: 'prod',
  app: 'feed',
  fn: 'prices',
};

describe('checkAccess', () => {
  it('opens every function unless the grant names some', () => {
    expect(() => checkAccess(aGrant(), target)).not.toThrow();
    expect(() =>
      checkAccess(aGrant({ functions: ['prices'] }), target),
    ).not.toThrow();
    expect(() => checkAccess(aGrant({ functions: ['mean'] }), target)).toThrow(
      'This token is for mean, not for prices',
    );
  });

  it.each([
    ['tenant', { tenant: 'other' }],
    ['environment', { environment: 'dev' }],
    ['app', { app: 'other' }],
  ])('does not open another %s', (_, change) => {
    expect(() => checkAccess(aGrant(), { ...target, ...change })).toThrow(
      'This token is for desk/prod/feed, not for',
    );
  });

  it('does not open results with a token for the repository', () => {
    expect(() => checkAccess(aGrant({ client: 'git' }), target)).toThrow(
      'opens the repository',
    );
  });
});
