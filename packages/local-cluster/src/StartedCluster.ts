/** A cluster that a provider has brought up. */
export interface StartedCluster {
  /** Stops the provider's own programs; existing clusters are not changed. */
  stop: () => Promise<void>;
  /** Resolves if the cluster fails without being stopped. */
  lost: Promise<void>;
}
