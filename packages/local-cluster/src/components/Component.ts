/** One process of a cluster, with its start and its readiness check. */
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
