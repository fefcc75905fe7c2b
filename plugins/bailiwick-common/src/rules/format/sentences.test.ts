import {
  firstSentence,
  joinSentences,
  paragraphsOf,
  withFullStop,
} from './sentences';

describe('joinSentences', () => {
  it('adds the full stops that authors omit', () => {
    expect(joinSentences('Price of the month', 'Unit: USD.')).toBe(
      'Price of the month. Unit: USD.',
    );
    expect(joinSentences('Is it closed?', 'Default: true.')).toBe(
      'Is it closed? Default: true.',
    );
  });

  it('leaves out absent sentences, and keeps a single phrase as it is', () => {
    expect(joinSentences(' Price of the month ', false, undefined, '')).toBe(
      'Price of the month',
    );
    expect(joinSentences(undefined)).toBe('');
  });
});

describe('withFullStop', () => {
  it.each([
    ['You are not a member', 'You are not a member.'],
    ['Wait a moment.', 'Wait a moment.'],
    ['Loading…', 'Loading…'],
  ])('completes %j', (text, sentence) => {
    expect(withFullStop(text)).toBe(sentence);
  });
});

describe('firstSentence', () => {
  it.each([
    ['One sentence. Another.', 'One sentence.'],
    ['A rate of 2.5 % each year.\nMore', 'A rate of 2.5 % each year.'],
    ['No full stop\n\nSecond paragraph', 'No full stop'],
    ['', ''],
  ])('shortens %j to %j', (text, sentence) => {
    expect(firstSentence(text)).toBe(sentence);
  });
});

describe('paragraphsOf', () => {
  it('joins the lines of a paragraph, and drops empty ones', () => {
    expect(paragraphsOf('One\n  line.\n\n \n\nTwo\nlines.\n')).toEqual([
      'One line.',
      'Two lines.',
    ]);
  });
});
