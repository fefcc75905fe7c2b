import {
  accessRevokePermission,
  appCreatePermission,
  appDeletePermission,
  appOperatePermission,
  appTerminalPermission,
  repositoryCreatePermission,
  requestDecidePermission,
  requestWithdrawPermission,
  tenantChangePermission,
  tenantExportPermission,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';

const building = 'Only builders and owners of the tenant can do this';

const sentences: Record<string, string> = {
  [requestDecidePermission.name]:
    "Only approvers can decide this request, and you can't decide your own request",
  [accessRevokePermission.name]:
    'Only owners of the tenant, platform engineers, or the person with the access can revoke it',
  [requestWithdrawPermission.name]: 'Only the requester can withdraw a request',
  [tenantChangePermission.name]:
    'Only owners of the tenant can request changes',
  [tenantExportPermission.name]:
    'Only owners of the tenant and platform engineers can export it or see who reads its results',
  [appCreatePermission.name]: building,
  [appDeletePermission.name]: building,
  [repositoryCreatePermission.name]: building,
  [appTerminalPermission.name]:
    'Only builders and owners of the tenant can open a terminal',
  [appOperatePermission.name]: building,
};

/** Sentences about a protected environment, to which its name is prepended. */
const protectedSentences: Record<string, string> = {
  [appTerminalPermission.name]: 'only platform engineers can open a terminal',
  [appOperatePermission.name]: 'only owners can do this',
};

/** The environment that a permission is about. */
export interface RefusedEnvironment {
  name: string;
  protected: boolean;
}

/** Explains to people why a permission was not granted, without a full stop. */
export function refusalSentence(
  permission: { name: string },
  environment?: RefusedEnvironment,
): string {
  const ofProtected = protectedSentences[permission.name];
  if (environment?.protected && ofProtected)
    return `${environment.name} is protected: ${ofProtected}`;
  return sentences[permission.name] ?? 'Only members of the tenant can do this';
}

/** Explains in an error of the API why a permission was not granted, like the API server's policies do. */
export function permissionRefusal(
  permission: { name: string },
  environment?: RefusedEnvironment,
): string {
  const sentence = refusalSentence(permission, environment);
  return `${sentence} (permission ${permission.name})`;
}
