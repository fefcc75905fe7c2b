import { archetypeMistakes } from './archetypeMistakes';
import { conditionMistakes } from './conditionMistakes';
import { fileMistakes } from './fileMistakes';
import { packMistakes } from './packMistakes';
import { runMistakes } from './runMistakes';
import { schemaMistakes } from './schemaMistakes';
import { shapeMistakes } from './shapeMistakes';
import { policyMistakes } from './policyMistakes';
import { vocabularyMistakes } from './vocabularyMistakes';

/** Every kind of mistake that lint finds, one by one. */
export const mistakes = [
  ...packMistakes,
  ...archetypeMistakes,
  ...fileMistakes,
  ...policyMistakes,
  ...vocabularyMistakes,
  ...shapeMistakes,
  ...runMistakes,
  ...conditionMistakes,
  ...schemaMistakes,
];
