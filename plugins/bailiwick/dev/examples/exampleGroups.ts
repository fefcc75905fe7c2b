import type { ExampleGroup } from './Example';
import { chartExamples } from './chartExamples';
import { emptyExamples } from './emptyExamples';
import { faultExamples } from './faultExamples';
import { galleryExamples } from './galleryExamples';
import { kindExamples } from './kindExamples';
import { manyExamples } from './manyExamples';
import { titleExamples } from './titleExamples';

/** All examples, by subject. */
export const exampleGroups: ExampleGroup[] = [
  { title: 'One of each kind', examples: kindExamples },
  { title: 'Long, right-to-left and emoji titles', examples: titleExamples },
  { title: 'Many objects', examples: manyExamples },
  { title: 'Nothing', examples: emptyExamples },
  { title: 'Faults', examples: faultExamples },
  { title: 'Packs', examples: galleryExamples },
  { title: 'Charts', examples: chartExamples },
];
