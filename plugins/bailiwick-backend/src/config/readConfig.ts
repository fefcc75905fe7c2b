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

/** The plugin's settings. */
export interface BailiwickConfig {
  /** Folder that holds the bare repositories. */
  repositories: string;
  /** Address of the plugin as browsers and git clients see it. */
  publicUrl: string;
  /** Address of the gateway as readers see it. */
  gatewayUrl: string;
  /** Stores the metrics of apps, if configured. */
  prometheus?: PrometheusOptions;
}

/** Reads the plugin's settings, once at start-up. @throws when a required key is missing. */
export function readConfig(config: Config): BailiwickConfig {
  const prometheus = config.getOptionalConfig('bailiwick.prometheus');
  return {
    repositories: config.getString('bailiwick.git.directory'),
    publicUrl: `${config.getString('backend.baseUrl')}/api/bailiwick`,
    gatewayUrl: config.getString('bailiwick.gateway.baseUrl'),
    prometheus: prometheus && {
      url: prometheus.getString('url'),
      headers: prometheus.getOptional<Record<string, string>>('headers'),
      matchers: prometheus.getOptionalString('matchers'),
      window: prometheus.getOptionalString('window'),
    },
  };
}
