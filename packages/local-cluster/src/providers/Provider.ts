import type { ProviderName } from '../state/ClusterState';

/** Which way to a cluster was chosen, and the reason in words for people. */
export interface Choice {
  provider: ProviderName;
  why: string;
}
