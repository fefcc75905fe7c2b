export interface Config {
  bailiwick: {
    /** Search in the portal. */
    search?: {
      /**
       * Whether search uses this module's in-memory engine, which finds whole words and beginnings of words. By default,
       * search uses the portal's own engine. Backstage accepts one engine.
       */
      wordEngine?: boolean;
    };
  };
}
