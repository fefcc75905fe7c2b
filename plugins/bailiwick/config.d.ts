export interface Config {
  bailiwick: {
    gateway: {
      /**
       * Address of the gateway as readers see it.
       * @visibility frontend
       */
      baseUrl: string;
    };
  };
}
