export interface Config {
  bailiwick?: {
    /** Serves the results of apps; leave it out in a portal without a gateway. */
    gateway?: {
      /**
       * Address of the gateway as readers see it.
       * @visibility frontend
       */
      baseUrl?: string;
    };
    /**
     * Entity reference of the group of platform engineers, `group:default/platform` by default.
     * @visibility frontend
     */
    platformGroup?: string;
  };
}
