import type { Kind } from './schema/kind';
import { appKind } from './app';
import { buildKind } from './build';
import { changeRequestKind } from './changeRequest';
import { clusterKind } from './cluster';
import { connectionKind } from './connection';
import { domainPackKind } from './domainPack';
import { grantKind } from './grant';
import { planKind } from './plan';
import { releaseKind } from './release';
import { runKind } from './run';
import { tenantKind } from './tenant';
import { workspaceKind } from './workspace';

/** All kinds of the API, in the order in which they are installed. @public */
export const kinds: Kind[] = [
  planKind,
  clusterKind,
  domainPackKind,
  connectionKind,
  tenantKind,
  changeRequestKind,
  appKind,
  releaseKind,
  grantKind,
  runKind,
  buildKind,
  workspaceKind,
];
