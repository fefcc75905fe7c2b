/** Input of the README of an archive. */
export interface ArchiveContent {
  tenant: string;
  /** Reference of the person who exported the tenant. */
  by: string;
  /** Time of the export, RFC 3339. */
  at: string;
  /** Paths of the files, in archive order. */
  paths: string[];
  /** One sentence for each missing part. */
  missing: string[];
}

/** Returns the README of an archive: its contents, and how to restore each part. */
export function readme({
  at,
  by,
  missing,
  paths,
  tenant,
}: ArchiveContent): string {
  const complete = ['Nothing is missing.'];
  return `Tenant "${tenant}", exported at ${at} by ${by}.

Contents
${list(paths)}

Missing
${list(missing.length > 0 ? missing : complete)}
The archive never contains Secrets, tokens or token hashes. The namespaces of the environments contain
only objects that the operator creates for the tenant and its apps; it recreates all of them.

How to restore the tenant
  Check plan, owners, members, expiresAt and cordon in restore/tenant.yaml first: an expired tenant is
  suspended again, and everyone listed gets access again. Then a platform engineer runs:
    kubectl apply -f restore/tenant.yaml
  The operator creates the namespaces, access and limits. Without a platform engineer, request a tenant
  with this name in the portal and copy the values of the file.

How to restore releases, apps and ConfigMaps created by members
  When the tenant is ready, an owner or a builder applies the files (omit those that don't exist):
    kubectl apply -f restore/releases.yaml -f restore/apps.yaml -f restore/configmaps.yaml
  An app stays pending until its code is restored.

How to restore code
  Each file in repositories/ is a git bundle with all branches and tags. To inspect one:
    git clone repositories/<app>.bundle <app>
  To run the code again, choose the same template in the portal and enter the same name and the answers
  in restore/apps.yaml. This creates an empty repository. Clone it (the app's page shows the address and
  creates a git token), and run in the clone:
    git pull --no-rebase --no-edit --allow-unrelated-histories -X theirs <path>/<app>.bundle main
    git push

What can't be restored
  The files in record/ are for reference only. Requests and decisions can't be imported. Tokens must be
  created again; record/grants.yaml lists the previous ones.
`;
}

function list(lines: string[]): string {
  return lines.map(line => `  ${line}`).join('\n');
}
