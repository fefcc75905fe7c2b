export { BailiwickConfig, type PrometheusOptions } from './BailiwickConfig';
