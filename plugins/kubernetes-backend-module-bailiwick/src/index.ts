/**
 * Lets the Kubernetes plugin read objects as the person who asks.
 *
 * @packageDocumentation
 */
export { kubernetesModuleBailiwick as default } from './module';
