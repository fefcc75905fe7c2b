const separator = '--';

/** Returns the namespace of the apps, releases and grants of a tenant: `<tenant>--home`. @public */
export function homeNamespace(tenant: string): string {
  return `${tenant}${separator}home`;
}

/** Returns the namespace of the workloads of an environment: `<tenant>--<environment>`. @public */
export function environmentNamespace(
  tenant: string,
  environment: string,
): string {
  return `${tenant}${separator}${environment}`;
}

/** Returns the tenant of a home namespace; `undefined` for other namespaces. @public */
export function tenantOfHome(namespace: string): string | undefined {
  const [tenant, rest] = namespace.split(separator);
  return tenant && rest === 'home' ? tenant : undefined;
}

/** Whether a namespace belongs to a tenant: its home, or an environment. @public */
export function isNamespaceOf(tenant: string, namespace = ''): boolean {
  // No name of a tenant has the separator in it.
  return namespace.startsWith(`${tenant}${separator}`);
}

/** Returns the name of the ConfigMap with an app's code bundle of a commit. @public */
export function bundleName(app: string, commit: string): string {
  return `${app}-${commit.slice(0, 12)}`;
}

const canarySuffix = `${separator}canary`;

/** Returns the name of the objects of an app's canary: `<app>--canary`. @public */
export function canaryName(app: string): string {
  return `${app}${canarySuffix}`;
}

/** Returns the app of an object by its label: that of a canary, too. @public */
export function appOfLabel(label: string): string {
  return label.endsWith(canarySuffix)
    ? label.slice(0, -canarySuffix.length)
    : label;
}
