export interface Config {
  /** The words of the sign-in page. */
  signIn?: {
    /**
     * Name of the organization on the sign-in page; "Your organization" by default.
     *
     * @visibility frontend
     */
    title?: string;
    /**
     * Explanation of the sign-in.
     *
     * @visibility frontend
     */
    message?: string;
  };
}
