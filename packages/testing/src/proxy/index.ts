export { Coalescer } from './Coalescer';
export { FaultProxy, type Serving } from './FaultProxy';
export * from './frameFaults';
export { Gate } from './Gate';
export * from './Passage';
export type { ActiveRule, Fault, Rule, Snapshot } from './Rule';
export { SeededRandom } from './SeededRandom';
export { takeSnapshot } from './takeSnapshot';
export { writeKubeconfig } from './writeKubeconfig';
