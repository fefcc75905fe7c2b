export interface Config {
  bailiwick: {
    /** Search in the portal. */
    search?: {
      /**
       * Whether search uses the in-memory engine that finds whole words and beginnings of words; true by default. Set it
       * to false to install the module of another engine, such as PostgreSQL.
       */
      wordEngine?: boolean;
    };
  };
}
