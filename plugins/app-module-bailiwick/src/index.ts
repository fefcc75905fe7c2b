/**
 * The navigation of the portal, with the number of unread notifications.
 *
 * @packageDocumentation
 */
export { appModuleBailiwick as default } from './module';
