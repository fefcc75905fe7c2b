import type { ProviderName } from '../state/ClusterState';

/** Chosen provider, with the reason in words. */
export interface Choice {
  provider: ProviderName;
  why: string;
}
