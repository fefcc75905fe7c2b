export * from './authorizeGrant';
export * from './authenticateToken';
