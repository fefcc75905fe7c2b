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

/** Whether a namespace is one of a tenant: its home, or that of an environment. */
export function isNamespaceOf(tenant: string, namespace = ''): boolean {
  // No name of a tenant has the separator in it.
  return namespace.startsWith(`${tenant}${separator}`);
}

/** Name of the ConfigMap that holds an app's code bundle of one commit. */
export function bundleName(app: string, commit: string): string {
  return `${app}-${commit.slice(0, 12)}`;
}
