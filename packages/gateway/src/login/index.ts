export * from './authorizeGrant';
export * from './authenticateToken';
export { readQuery } from './credentials';
export { sameHash } from './tokenHash';
export { LoginThrottle } from './LoginThrottle';
