import {
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

const building = 'Only owners and builders of the tenant may do this';

const sentences: Record<string, string> = {
  [requestDecidePermission.name]:
    'Only those who are named as deciders decide this request, and nobody decides a request of their own',
  [requestWithdrawPermission.name]:
    'Only the person who made a request may withdraw it',
  [tenantChangePermission.name]:
    'Only owners of a tenant may ask for changes to it',
  [tenantExportPermission.name]:
    'Only owners of a tenant and platform engineers may export it',
  [appCreatePermission.name]: building,
  [appDeletePermission.name]: building,
  [repositoryCreatePermission.name]: building,
  [appTerminalPermission.name]:
    'Only owners and builders of the tenant open a terminal, and in a protected environment only platform engineers',
  [appOperatePermission.name]:
    'Only owners and builders of the tenant may do this, and in a protected environment only owners',
};

/** Explains why a permission was not granted, like the API server's policies do. */
export function permissionRefusal({ name }: { name: string }): string {
  const why = sentences[name] ?? 'Only members of the tenant may do this';
  return `${why} (permission ${name})`;
}
