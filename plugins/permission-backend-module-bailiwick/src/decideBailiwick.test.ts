import { mockCredentials } from '@backstage/backend-test-utils';
import {
  isResourcePermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  type PermissionRule,
  type PermissionRuleset,
} from '@backstage/plugin-permission-node';
import {
  apiVersion,
  type App,
  type ChangeRequest,
  type Plan,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { bailiwickPermissions } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  appRules,
  environmentRules,
  requestRules,
  tenantRules,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import { decideBailiwick } from './decideBailiwick';

const people = {
  pia: ['group:default/platform'],
  rita: ['group:default/rates'],
  bea: [],
  tom: ['group:default/traders'],
  fay: ['group:default/accounts-office'],
  eve: ['group:default/others'],
};
type Name = keyof typeof people;

const tenant = {
  apiVersion,
  kind: 'Tenant',
  metadata: { name: 'rates-desk' },
  spec: {
    owners: ['group:default/rates'],
    members: [
      { subject: 'user:default/bea', role: 'builder' },
      { subject: 'group:default/traders', role: 'viewer' },
    ],
  },
} as Tenant;
const environment = { name: 'dev', cluster: 'local', protected: false };
const app = { metadata: { name: 'prices' } } as App;
const request = {
  spec: {
    target: { kind: 'Tenant', name: 'rates-desk' },
    action: 'changePlan',
    proposed: { plan: 'large' },
    requestedBy: 'user:default/rita',
  },
} as unknown as ChangeRequest;
const plan = {
  metadata: { name: 'large' },
  spec: { approval: { deciders: ['group:default/accounts-office'] } },
} as unknown as Plan;

const resources: Record<string, object> = {
  'bailiwick-tenant': { tenant },
  'bailiwick-environment': { tenant, environment },
  'bailiwick-request': { tenant, request, plan },
  'bailiwick-app': { tenant, app },
};
const rules: Record<string, object> = {
  'bailiwick-tenant': tenantRules,
  'bailiwick-environment': environmentRules,
  'bailiwick-request': requestRules,
  'bailiwick-app': appRules,
};

function permits(who: Name, permission: Permission): boolean {
  const userEntityRef = `user:default/${who}`;
  const decision = decideBailiwick(permission, {
    credentials: mockCredentials.user(),
    info: {
      userEntityRef,
      ownershipEntityRefs: [userEntityRef, ...people[who]],
    },
  })!;
  if (!isResourcePermission(permission)) return decision.result === 'ALLOW';
  const { resourceType } = permission;
  const ruleset = {
    getRuleByName: (name: string) =>
      (rules[resourceType] as Record<string, PermissionRule<any, any, any>>)[
        name
      ],
  } as PermissionRuleset;
  return createConditionAuthorizer(ruleset)(decision, resources[resourceType]);
}

describe('decideBailiwick', () => {
  it.each([
    ['bailiwick.tenant.create', 'pia rita bea tom fay eve'],
    ['bailiwick.tenant.read', 'pia rita bea tom'],
    ['bailiwick.tenant.change', 'pia rita'],
    ['bailiwick.tenant.export', 'pia rita'],
    ['bailiwick.request.read', 'pia rita bea tom fay'],
    ['bailiwick.request.decide', 'pia fay'],
    ['bailiwick.request.withdraw', 'rita'],
    ['bailiwick.repository.create', 'rita bea'],
    ['bailiwick.app.create', 'rita bea'],
    ['bailiwick.app.read', 'pia rita bea tom'],
    ['bailiwick.app.delete', 'rita bea'],
    ['bailiwick.app.promote', 'rita bea'],
    ['bailiwick.app.run', 'rita bea'],
    ['bailiwick.app.operate', 'rita bea'],
    ['bailiwick.app.terminal', 'pia rita bea'],
    ['bailiwick.grant.create', 'rita bea tom'],
    ['bailiwick.grant.read', 'pia rita bea tom'],
    ['bailiwick.grant.revoke', 'rita bea tom'],
    ['bailiwick.access.request', 'pia rita bea tom fay eve'],
    ['bailiwick.access.revoke', 'pia rita fay'],
  ])('grants %s to %s', (name, expected) => {
    const permission = bailiwickPermissions.find(one => one.name === name)!;
    const names = (Object.keys(people) as Name[]).filter(who =>
      permits(who, permission),
    );
    expect(names.join(' ')).toBe(expected);
  });

  it.each([
    ['.operate', 'rita'],
    ['.terminal', 'pia'],
  ])('grants %s in a protected environment only to %s', (end, expected) => {
    const permission = bailiwickPermissions.find(({ name }) =>
      name.endsWith(end),
    )!;
    const guarded = { ...environment, protected: true };
    Object.assign(resources['bailiwick-environment'], { environment: guarded });
    const names = (Object.keys(people) as Name[]).filter(who =>
      permits(who, permission),
    );
    expect(names.join(' ')).toBe(expected);
    Object.assign(resources['bailiwick-environment'], { environment });
  });

  it.each(['create', 'read', 'revoke'])(
    'grants tokens (%s) also to people with access to this app, until it ends',
    action => {
      const permission = bailiwickPermissions.find(
        ({ name }) => name === `bailiwick.grant.${action}`,
      )!;
      const withAccess = (changes: object) => {
        const access = {
          request: 'first',
          user: 'user:default/eve',
          app: app.metadata.name,
          environment: 'dev',
          expiresAt: '2999-01-01T00:00:00Z',
          ...changes,
        };
        const reading = { ...tenant, status: { access: [access] } };
        Object.assign(resources['bailiwick-app'], { tenant: reading });
        const permitted = permits('eve', permission);
        Object.assign(resources['bailiwick-app'], { tenant });
        return permitted;
      };
      expect(withAccess({})).toBe(true);
      for (const changes of [
        { user: 'user:default/fay' },
        { app: 'other' },
        { expiresAt: '2020-01-01T00:00:00Z' },
      ])
        expect(withAccess(changes)).toBe(false);
    },
  );

  it('knows every permission, and denies people who have not signed in', () => {
    for (const permission of bailiwickPermissions)
      expect(decideBailiwick(permission, undefined)).toEqual({
        result: 'DENY',
      });
  });

  it('never lets a person decide a request of their own', () => {
    const permission = bailiwickPermissions.find(({ name }) =>
      name.endsWith('.decide'),
    )!;
    const spec = { ...request.spec, requestedBy: 'user:default/fay' };
    const own = { ...request, spec };
    Object.assign(resources['bailiwick-request'], { request: own });
    expect(permits('fay', permission)).toBe(false);
    Object.assign(resources['bailiwick-request'], { request });
    expect(permits('fay', permission)).toBe(true);
  });

  it('recognizes platform engineers only by the portal’s own group', () => {
    const permission = bailiwickPermissions.find(({ name }) =>
      name.endsWith('tenant.read'),
    )!;
    const resultFor = (group: string) =>
      decideBailiwick(
        permission,
        {
          credentials: mockCredentials.user(),
          info: {
            userEntityRef: 'user:default/pia',
            ownershipEntityRefs: ['user:default/pia', group],
          },
        },
        { platformGroup: 'group:ops/sre' },
      );
    expect(resultFor('group:ops/sre')).toEqual({ result: 'ALLOW' });
    expect(resultFor('group:default/platform')).toMatchObject({
      result: 'CONDITIONAL',
      conditions: { params: { claims: ['user:default/pia'] } },
    });
  });

  it('leaves the permissions of others to others', () => {
    const permission = { ...bailiwickPermissions[0], name: 'search.read' };
    expect(decideBailiwick(permission, undefined)).toBeUndefined();
  });
});
