import { archetypeMistakes } from './archetypeMistakes';
import { fileMistakes } from './fileMistakes';
import { packMistakes } from './packMistakes';

/** Every kind of mistake that lint finds, one by one. */
export const mistakes = [
  ...packMistakes,
  ...archetypeMistakes,
  ...fileMistakes,
];
