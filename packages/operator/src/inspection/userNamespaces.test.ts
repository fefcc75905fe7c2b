import type { Node } from '@bailiwick/backstage-kube-controller';
import { supportsUserNamespaces } from './userNamespaces';

const node = (status: Node['status']): Node => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'node' },
  status,
});
const ready = [{ type: 'Ready', status: 'True' as const }];
const supporting = node({
  conditions: ready,
  runtimeHandlers: [
    { name: 'gvisor', features: {} },
    { name: '', features: { userNamespaces: true } },
  ],
});
const refusing = node({
  conditions: ready,
  runtimeHandlers: [
    { name: '', features: { userNamespaces: false } },
    { name: 'kata', features: { userNamespaces: true } },
  ],
});
const old = node({ conditions: ready });
const joining = node({});
const away = node({
  ...supporting.status,
  conditions: [{ type: 'Ready', status: 'Unknown' }],
});

it.each<[string, Node[], boolean | undefined]>([
  ['all nodes report support', [supporting, supporting], true],
  ['a node is away', [away], true],
  ['a node is just joining', [supporting, joining], true],
  [
    'only another runtime than the default one of a node supports them',
    [supporting, refusing],
    false,
  ],
  ['a kubelet does not know of them', [supporting, old], false],
  ['no node is known', [], undefined],
  ['no node has started yet', [joining], undefined],
])('when %s', (_, nodes, expected) => {
  expect(supportsUserNamespaces(nodes)).toBe(expected);
});
