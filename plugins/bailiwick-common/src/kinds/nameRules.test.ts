import { environmentNamespace } from './naming/namespaces';
import {
  appNameMax,
  appNameRules,
  brokenRules,
  environmentNameMax,
  environmentNameRules,
  onObjectName,
  tenantNameMax,
  tenantNameRules,
} from './nameRules';

const namespaceMax = 63;

describe('names', () => {
  it.each(['a', 'rates-desk', 'a1-b2', 'x'.repeat(tenantNameMax)])(
    'accepts %s',
    name => {
      expect(brokenRules(tenantNameRules, name)).toEqual([]);
      expect(brokenRules(appNameRules, name)).toEqual([]);
    },
  );

  it.each(['', 'Rates', '1a', '-a', 'a-', 'a.b', 'a b', 'ä', '../a', 'a--b'])(
    'refuses "%s" for everything',
    name => {
      expect(brokenRules(tenantNameRules, name)).not.toEqual([]);
      expect(brokenRules(environmentNameRules, name)).not.toEqual([]);
      expect(brokenRules(appNameRules, name)).not.toEqual([]);
    },
  );

  it.each([
    'default',
    'kube-system',
    'kube',
    'openshift-x',
    'bailiwick-system',
  ])('keeps the reserved name %s from tenants', name => {
    expect(brokenRules(tenantNameRules, name)).toHaveLength(1);
    expect(brokenRules(appNameRules, name)).toEqual([]);
  });

  it('allows a tenant’s name that starts with a reserved word', () => {
    expect(brokenRules(tenantNameRules, 'systematic')).toEqual([]);
  });

  it('keeps the name of the home namespace from environments', () => {
    expect(brokenRules(environmentNameRules, 'home')).toHaveLength(1);
  });

  it('reports every rule that a name breaks', () => {
    expect(brokenRules(appNameRules, `A--${'x'.repeat(appNameMax)}`)).toEqual([
      expect.stringContaining(String(appNameMax)),
      expect.stringContaining('lowercase letter'),
      expect.stringContaining('"--"'),
    ]);
  });

  it('leaves room for both names in a namespace', () => {
    const longest = environmentNamespace(
      'x'.repeat(tenantNameMax),
      'y'.repeat(environmentNameMax),
    );
    expect(longest.length).toBeLessThanOrEqual(namespaceMax);
  });

  it('reports the same rules about the name of an object', () => {
    const [size] = onObjectName(appNameRules);
    expect(size.cel).toContain('self.metadata.name');
    expect(size.holds({ metadata: { name: 'a' } })).toBe(true);
    expect(size.holds({ metadata: { name: 'a'.repeat(99) } })).toBe(false);
  });
});
