import { keyOf, type KubeObject } from '../objects';

/** Thrown when the name of an object is taken by a foreign object, which is left unchanged. @public */
export class ForeignObjectError extends Error {
  readonly object: KubeObject;

  constructor(object: KubeObject) {
    super(
      `The ${object.kind} ${keyOf(
        object,
      )} already exists and belongs to another owner`,
    );
    this.name = 'ForeignObjectError';
    this.object = object;
  }
}
