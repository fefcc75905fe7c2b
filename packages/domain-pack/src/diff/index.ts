export { diffPacks, type ChangeLevel, type PackChange } from './diffPacks';
export { isAtLeast, neededVersion } from './versionVerdict';
