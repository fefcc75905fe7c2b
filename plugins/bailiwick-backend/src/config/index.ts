export {
  readConfig,
  type BailiwickConfig,
  type PrometheusOptions,
  type WorkspacesConfig,
} from './readConfig';
