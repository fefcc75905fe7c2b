export { Push, type PushLimits, type PushRequest } from './Push';
export type { PushReader } from './PushReader';
export { takePushOptions } from './pushOptions';
export { sendMessages } from './sendMessages';
export { serverSentEvents } from './serverSentEvents';
export type { SharedCall } from './Subscriptions';
export { asksForWebSocket, WebSocketUpgrades } from './webSocket';
