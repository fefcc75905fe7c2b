import type { Config } from '@backstage/config';

/** Where and how to query a Prometheus. */
export interface PrometheusOptions {
  /** Its address, with the path of a proxy but without `/api/v1`. */
  url: string;
  headers?: Record<string, string>;
  /** Additional label matchers of this installation's series in PromQL, such as `cluster="west"`. */
  matchers?: string;
  /** Window of rates, four scrapes long; `2m` by default. */
  window?: string;
}

/** The plugin's settings, read once at start-up. */
export class BailiwickConfig {
  /** Folder that holds the bare repositories. */
  readonly repositories: string;
  /** Address of the plugin as browsers and git clients see it. */
  readonly publicUrl: string;
  /** Address of the gateway as readers see it. */
  readonly gatewayUrl: string;

  /** Stores the metrics of apps, if configured. */
  readonly prometheus?: PrometheusOptions;

  private constructor(options: BailiwickConfig) {
    this.repositories = options.repositories;
    this.publicUrl = options.publicUrl;
    this.gatewayUrl = options.gatewayUrl;
    this.prometheus = options.prometheus;
  }

  /** @throws when a required key is missing. */
  static fromConfig(config: Config): BailiwickConfig {
    const prometheus = config.getOptionalConfig('bailiwick.prometheus');
    return new BailiwickConfig({
      repositories: config.getString('bailiwick.git.directory'),
      publicUrl: `${config.getString('backend.baseUrl')}/api/bailiwick`,
      gatewayUrl: config.getString('bailiwick.gateway.baseUrl'),
      prometheus: prometheus && {
        url: prometheus.getString('url'),
        headers: prometheus.getOptional<Record<string, string>>('headers'),
        matchers: prometheus.getOptionalString('matchers'),
        window: prometheus.getOptionalString('window'),
      },
    });
  }
}
