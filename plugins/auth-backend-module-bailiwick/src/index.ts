/**
 * Keeps the portal's sign-in from redirecting to other sites, signs people in and out with OpenID Connect, and refuses
 * people who have left.
 *
 * @packageDocumentation
 */
export { signInRedirectsModule as default } from './module';
export { oidcProviderModule } from './oidc/module';
export { refuseAnonymousUpgrades } from './refuseAnonymousUpgrades';
export { createPresenceGuard } from './presence/createPresenceGuard';
