export {
  readConfig,
  type BailiwickConfig,
  type PrometheusOptions,
} from './readConfig';
