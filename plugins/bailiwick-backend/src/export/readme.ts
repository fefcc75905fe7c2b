/** What the README of an archive tells of. */
export interface ArchiveContent {
  tenant: string;
  /** Who asked for it. */
  by: string;
  /** When, RFC 3339. */
  at: string;
  /** Files in the archive, in their order. */
  paths: string[];
  /** What is missing, as sentences. */
  missing: string[];
}

/** The words that go with an archive: what is in it and how each part is restored. */
export function readme({
  at,
  by,
  missing,
  paths,
  tenant,
}: ArchiveContent): string {
  const complete = ['Nothing that belongs to it is missing.'];
  return `The tenant "${tenant}", exported at ${at} by ${by}.

What is in here
${list(paths)}

What is missing
${list(missing.length > 0 ? missing : complete)}
The archive never holds Secrets, tokens or anything that a token can be checked with. The namespaces
of the environments hold nothing but what the operator makes of the tenant and its apps; it makes all of
that again.

How to restore the tenant
  A platform engineer applies it; the operator then makes its namespaces, access and limits:
    kubectl apply -f restore/tenant.yaml
  Look at plan, owners, members, expiresAt and cordon in it first: a tenant that has ended is suspended
  again, and who is named gets access again. Without a platform engineer: ask for a tenant of this name in
  the portal, with what stands in that file.

How to restore releases, apps and the ConfigMaps that people made
  An owner or a builder applies them when the tenant is ready:
    kubectl apply -f restore/releases.yaml -f restore/apps.yaml -f restore/configmaps.yaml
  (those of the three files that are here). An app waits for its code.

How to restore code
  Each file in repositories/ is a git bundle with all branches and tags. To look at it:
    git clone repositories/<app>.bundle <app>
  To let the app run it again: choose the same template in the portal with the same name and the answers
  that stand in restore/apps.yaml; this makes an empty home for the code. Then clone the app's new
  repository (its page shows the address and makes a git token), and in that clone:
    git pull --no-rebase --no-edit --allow-unrelated-histories -X theirs <path>/<app>.bundle main
    git push

What cannot be restored
  The files in record/ show how things stood. Requests and their verdicts stay a record. Who needs a token
  makes a new one; record/grants.yaml shows who had which.
`;
}

function list(lines: string[]): string {
  return lines.map(line => `  ${line}`).join('\n');
}
