/** One process of a cluster: how it is started and how to tell that it works. */
export interface Component {
  name: string;
  /** Path of its program. */
  program: string;
  arguments: string[];
  /** Added to the environment, as `NAME=value`. */
  environment?: string[];
  /** Resolves to true when it works. Without one, running is working. */
  probe?: () => Promise<boolean>;
}
