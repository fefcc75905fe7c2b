export { compareVersions } from './compareVersions';
export {
  changeLine,
  comparePacks,
  isBreaking,
  type PackComparison,
} from './neededVersion';
