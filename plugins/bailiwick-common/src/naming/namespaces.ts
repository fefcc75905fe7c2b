const separator = '--';

/** Namespace that holds the apps, releases and grants of a tenant: `<tenant>--home`. */
export function homeNamespace(tenant: string): string {
  return `${tenant}${separator}home`;
}

/** Namespace in which the workloads of one environment run: `<tenant>--<environment>`. */
export function environmentNamespace(
  tenant: string,
  environment: string,
): string {
  return `${tenant}${separator}${environment}`;
}

/** Tenant of a home namespace, `undefined` for any other namespace. */
export function tenantOfHome(namespace: string): string | undefined {
  const [tenant, rest] = namespace.split(separator);
  return tenant && rest === 'home' ? tenant : undefined;
}

/** Name of the ConfigMap that holds an app's code bundle of one commit. */
export function bundleName(app: string, commit: string): string {
  return `${app}-${commit.slice(0, 12)}`;
}
