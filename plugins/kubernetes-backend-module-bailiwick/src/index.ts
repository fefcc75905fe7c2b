/**
 * Lets the Kubernetes plugin read objects as the signed-in person.
 *
 * @packageDocumentation
 */
export { kubernetesModuleBailiwick as default } from './module';
