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

const building = 'Only owners and builders of the tenant can do this';

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
    'Only owners and builders of the tenant can open a terminal; in a protected environment, only platform engineers',
  [appOperatePermission.name]:
    'Only owners and builders of the tenant can do this; in a protected environment, only owners',
};

/** Explains why a permission was not granted, like the API server's policies do. */
export function permissionRefusal({ name }: { name: string }): string {
  const why = sentences[name] ?? 'Only members of the tenant can do this';
  return `${why} (permission ${name})`;
}
