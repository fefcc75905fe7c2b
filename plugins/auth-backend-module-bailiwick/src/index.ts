/**
 * Keeps the portal's sign-in from redirecting to other sites.
 *
 * @packageDocumentation
 */
export { signInRedirectsModule as default } from './module';
