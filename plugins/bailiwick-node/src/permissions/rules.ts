import {
  createPermissionRule,
  type PermissionResourceRef,
} from '@backstage/plugin-permission-node';
import { tenantRoles } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  accessesOf,
  decidersOf,
  roleIn,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { z } from 'zod';
import {
  appResourceRef,
  environmentResourceRef,
  requestResourceRef,
  tenantResourceRef,
  type AppResource,
  type EnvironmentResource,
  type InTenant,
  type RequestResource,
} from './resources';

const claims = z
  .array(z.string())
  .describe('References of the person and of their groups.');

const memberParams = z.object({
  claims,
  roles: z
    .array(z.enum(tenantRoles))
    .optional()
    .describe('Accepted roles; any by default.'),
});
const ownerParams = z.object({ claims });
const environmentParams = z.object({
  names: z
    .array(z.string())
    .optional()
    .describe('Accepted names; any by default.'),
  protected: z
    .boolean()
    .optional()
    .describe('Whether the environment is protected; either by default.'),
});
const requesterParams = z.object({
  user: z.string().describe('Reference of the person.'),
});

// Lists are kept in memory, so a query is nothing but the parameters.
const toQuery = (params: object) => params;

const isMember = {
  name: 'isTenantMember',
  description: 'The person has a role in the tenant',
  paramsSchema: memberParams,
  apply(
    { tenant }: InTenant,
    { claims: own, roles }: z.infer<typeof memberParams>,
  ) {
    const role = tenant && roleIn(tenant, { user: '', groups: own });
    return role !== undefined && (roles?.includes(role) ?? true);
  },
  toQuery,
};

const isOwner = {
  name: 'isTenantOwner',
  description: 'The person owns the tenant',
  paramsSchema: ownerParams,
  apply: (resource: InTenant, params: z.infer<typeof ownerParams>) =>
    isMember.apply(resource, { ...params, roles: ['owner'] }),
  toQuery,
};

/** Returns the rules about the person's role in the tenant of a resource. */
function roleRules<R extends InTenant, Type extends string>(
  resourceRef: PermissionResourceRef<R, object, Type>,
) {
  return {
    isTenantMember: createPermissionRule({ resourceRef, ...isMember }),
    isTenantOwner: createPermissionRule({ resourceRef, ...isOwner }),
  };
}

/** Rules about tenants. @public */
export const tenantRules = roleRules(tenantResourceRef);

/** Rules about environments. @public */
export const environmentRules = {
  ...roleRules(environmentResourceRef),
  environmentIs: createPermissionRule({
    resourceRef: environmentResourceRef,
    name: 'environmentIs',
    description:
      'The environment has one of the names, and is protected or not',
    paramsSchema: environmentParams,
    apply(
      { environment }: EnvironmentResource,
      { names, protected: wanted }: z.infer<typeof environmentParams>,
    ) {
      const isNamed = names?.includes(environment.name) ?? true;
      const isProtected = environment.protected ?? false;
      return isNamed && (wanted === undefined || wanted === isProtected);
    },
    toQuery,
  }),
};

/** Rules about requests. @public */
export const requestRules = {
  ...roleRules(requestResourceRef),
  isRequester: createPermissionRule({
    resourceRef: requestResourceRef,
    name: 'isRequester',
    description: 'The person created the request',
    paramsSchema: requesterParams,
    apply: (
      { request }: RequestResource,
      { user }: z.infer<typeof requesterParams>,
    ) => request.spec.requestedBy === user,
    toQuery,
  }),
  isDecider: createPermissionRule({
    resourceRef: requestResourceRef,
    name: 'isDecider',
    description: 'The person can decide the request',
    paramsSchema: ownerParams,
    apply: (
      { request, tenant, plan }: RequestResource,
      { claims: own }: z.infer<typeof ownerParams>,
    ) => decidersOf(request, tenant, plan).some(group => own.includes(group)),
    toQuery,
  }),
};

/** Rules about apps. @public */
export const appRules = {
  ...roleRules(appResourceRef),
  hasAccess: createPermissionRule({
    resourceRef: appResourceRef,
    name: 'hasAccess',
    description: 'The person was granted access to the app in an environment',
    paramsSchema: requesterParams,
    apply: (
      { app, tenant }: AppResource,
      { user }: z.infer<typeof requesterParams>,
    ) =>
      tenant !== undefined &&
      accessesOf(tenant, user, new Date()).some(
        access => access.app === app.metadata.name,
      ),
    toQuery,
  }),
};
