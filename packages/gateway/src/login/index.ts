export * from './authorizeGrant';
export * from './authenticateToken';
export { readQuery } from './credentials';
export { LoginThrottle } from './LoginThrottle';
