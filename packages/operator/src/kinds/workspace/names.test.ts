/** @jest-environment node */
import {
  annotations,
  workspaceKind,
  type Workspace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { namesOf } from './names';

const spec = { owner: 'user:default/bea' } as Workspace['spec'];
const named = (uid: string, more: Record<string, string> = {}): Workspace => ({
  apiVersion: workspaceKind.apiVersion,
  kind: workspaceKind.kind,
  metadata: {
    name: 'feed.default.bea',
    namespace: 'rates-desk--home',
    uid,
    annotations: more,
  },
  spec,
});

describe('the volume of a workspace', () => {
  it('is another one after the workspace was created again', () => {
    expect(namesOf(named('second')).volume).not.toBe(
      namesOf(named('first')).volume,
    );
  });

  it('stays the same after the workspace was restored', () => {
    const restored = named('second', { [annotations.volumeUid]: 'first' });
    expect(namesOf(restored).volume).toBe(namesOf(named('first')).volume);
  });
});
