export * from './authorizeGrant';
export {
  authenticateToken,
  grantOf,
  isUsable,
  type GrantDirectory,
} from './authenticateToken';
export {
  AccessTokens,
  type AccessTokenOptions,
  type Person,
} from './AccessTokens';
export { findGrant, grantsOfPerson, type LoginDirectory } from './findGrant';
export { readCredentials, readQuery, tokenParameter } from './credentials';
export { verifyPeople } from './verifyPeople';
export { sameHash } from './tokenHash';
export { LoginThrottle } from './LoginThrottle';
