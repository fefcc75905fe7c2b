export { createNotificationsFeature } from './notificationsFeature';
