import { keyOf, type KubeObject } from '../objects';

/** An object of the wanted name exists and belongs to somebody else; it is left as it is. */
export class ForeignObjectError extends Error {
  readonly object: KubeObject;

  constructor(object: KubeObject) {
    super(`The ${object.kind} ${keyOf(object)} exists already and is not ours`);
    this.name = 'ForeignObjectError';
    this.object = object;
  }
}
