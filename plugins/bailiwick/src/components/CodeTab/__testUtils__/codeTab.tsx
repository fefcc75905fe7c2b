import { EntityProvider } from '@backstage/plugin-catalog-react';
import { appEntity } from '../../../__fixtures__/examplePortal';
import { FakePortal } from '../../../__fixtures__/FakePortal';
import { aDeployment, anApp } from '../../../__fixtures__/views';
import { CodeTab } from '../CodeTab';

// jsdom has no layout, which the editor measures.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;

/** Path of the app. */
export const path = '/tenants/rates-desk/apps/month-end-prices';
/** Name of Bea's changes in the browser's storage. */
export const key =
  'bailiwick.edits user:default/bea rates-desk/month-end-prices';
/** The tab of the app. */
export const tab = (
  <EntityProvider entity={appEntity}>
    <CodeTab />
  </EntityProvider>
);

/** Returns a portal for Bea, who can change the app, without files. */
export function aPortal(): FakePortal {
  return new FakePortal()
    .streams(path, aDeployment({ app: anApp({ canBuild: true }) }))
    .answers('GET /me', { user: 'user:default/bea', groups: [] });
}

/** Returns such a portal with a commit of one file. */
export function aPortalWithFile(commit: string): FakePortal {
  return aPortal()
    .answers(`GET ${path}/files`, {
      commit,
      files: [{ path: 'functions.py', bytes: 10, hash: 'a' }],
      isCut: false,
    })
    .answers(`GET ${path}/file?commit=${commit}&path=functions.py`, {
      commit,
      path: 'functions.py',
      text: '# functions.py\n',
    });
}
