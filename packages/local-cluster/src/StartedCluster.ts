/** A cluster that a provider has brought up. */
export interface StartedCluster {
  /** Ends what the provider itself runs; somebody else's cluster is left alone. */
  stop: () => Promise<void>;
  /** Resolves when the cluster is lost although nobody stopped it. */
  lost: Promise<void>;
}
