import {
  bundleName,
  environmentNamespace,
  homeNamespace,
  isNamespaceOf,
  tenantOfHome,
} from './namespaces';

describe('namespaces', () => {
  it('finds the tenant of its home again', () => {
    expect(tenantOfHome(homeNamespace('rates-desk'))).toBe('rates-desk');
  });

  it.each(['default', 'kube-system', '', '--home', 'rates-desk--prod'])(
    'recognizes "%s" as no home',
    namespace => {
      expect(tenantOfHome(namespace)).toBeUndefined();
    },
  );

  it('recognizes those of a tenant', () => {
    const of = (namespace?: string) => isNamespaceOf('rates', namespace);
    expect([of(homeNamespace('rates')), of('rates--dev')]).toEqual([
      true,
      true,
    ]);
    expect([of('rates-desk--dev'), of('rates'), of()]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('returns different namespaces for names that join to the same text', () => {
    expect(environmentNamespace('a', 'b-c')).not.toBe(
      environmentNamespace('a-b', 'c'),
    );
  });

  it('returns different bundles for different commits of an app', () => {
    const [one, other] = ['1', '2'].map(digit => digit.repeat(40));
    expect(bundleName('feed', one)).not.toBe(bundleName('feed', other));
    expect(bundleName('x'.repeat(40), one).length).toBeLessThanOrEqual(63);
  });
});
