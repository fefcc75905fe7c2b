import {
  canI,
  type KubeClient,
  type AccessRight,
} from '@bailiwick/backstage-kube-controller';

/** A resource that the API server serves, or a subresource such as `pods/exec`. */
export interface ServedResource {
  group: string;
  version: string;
  /** Plural, with the subresource after a slash. */
  name: string;
  namespaced: boolean;
  verbs: string[];
}

interface ResourceList {
  groupVersion: string;
  resources: { name: string; namespaced: boolean; verbs: string[] }[];
}

/** All resources and subresources that the API server serves, in each version. */
export async function discover(client: KubeClient): Promise<ServedResource[]> {
  const { groups } = await client.request<{
    groups: { versions: { groupVersion: string }[] }[];
  }>({ path: '/apis' });
  const versions = groups.flatMap(group => group.versions);
  const paths = [
    '/api/v1',
    ...versions.map(({ groupVersion }) => `/apis/${groupVersion}`),
  ];
  const lists = await Promise.all(
    paths.map(path => client.request<ResourceList>({ path })),
  );
  return lists.flatMap(({ groupVersion, resources }) => {
    const [version, group = ''] = groupVersion.split('/').reverse();
    return resources.map(resource => ({ ...resource, group, version }));
  });
}

/** All verbs of RBAC, whether a resource supports them or not. */
export const verbs = [
  'get',
  'list',
  'watch',
  'create',
  'update',
  'patch',
  'delete',
  'deletecollection',
];

/** Of many questions those that the API server answers with yes, each as `verb resource.group`. */
export async function rightsOf(
  client: KubeClient,
  questions: AccessRight[],
): Promise<string[]> {
  const rights: string[] = [];
  const open = [...questions];
  const ask = async () => {
    for (let next = open.pop(); next; next = open.pop()) {
      if (await canI(client, next)) {
        const { verb, resource, group } = next;
        rights.push(`${verb} ${resource}${group && `.${group}`}`);
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, ask));
  return [...new Set(rights)].sort();
}

/** A rule of a role. */
export interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
  resourceNames?: string[];
}

/** Each right of a role as `verb resource.group`, with the names that it is limited to. */
export function rightsIn(rules: Rule[]): string[] {
  return rules
    .flatMap(({ apiGroups, resources, verbs: allowed, resourceNames = [] }) =>
      apiGroups.flatMap(group =>
        resources.flatMap(resource =>
          allowed.map(verb =>
            [
              `${verb} ${resource}${group && `.${group}`}`,
              ...resourceNames,
            ].join(' '),
          ),
        ),
      ),
    )
    .sort();
}
