export { formulaGuard } from './formulaGuard';
export { negotiateFormat } from './negotiateFormat';
export { OpenStreams } from './OpenStreams';
export { writers } from './writers';
