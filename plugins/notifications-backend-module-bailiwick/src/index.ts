/**
 * Sends the portal's notifications by e-mail and to Slack when these are configured.
 *
 * @packageDocumentation
 */
export { notificationChannels as default } from './module';
