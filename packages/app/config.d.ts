export interface Config {
  /** The words of the sign-in page. */
  signIn?: {
    /**
     * Who signs in; "Your organisation" when left out.
     * @visibility frontend
     */
    title?: string;
    /**
     * What signing in does.
     * @visibility frontend
     */
    message?: string;
  };
}
