import { numberAnswerField } from './NumberAnswer';
import { textAnswerField } from './TextAnswer';
import { answerProblem } from './answerProblem';

type Context = Parameters<typeof textAnswerField.validation>[2];

describe('the items of a list', () => {
  const schema = { type: 'string', pattern: '^[a-z.]+$' };
  const context = { formData: {}, schema } as unknown as Context;

  it.each([
    [['ada.lovelace', 'grace.hopper'], 0],
    [['ada.lovelace', 'Grace Hopper', 'Alan Turing'], 1],
    [[], 0],
    ['ada.lovelace', 0],
    ['Ada Lovelace', 1],
  ])('are checked one by one: %j', (answer, times) => {
    const addError = jest.fn();
    // The whole list is passed, despite the type.
    textAnswerField.validation(
      answer as string,
      { addError } as never,
      context,
    );
    expect(addError).toHaveBeenCalledTimes(times);
  });

  it('are checked one by one when they are numbers, too', () => {
    const addError = jest.fn();
    numberAnswerField.validation(
      [1, 12] as never,
      { addError } as never,
      {
        ...context,
        schema: { type: 'integer', maximum: 10 },
      } as never,
    );
    expect(addError).toHaveBeenCalledWith('must be at most 10');
  });
});

describe('an answer with a check digit', () => {
  const problem = (text: string) =>
    answerProblem(text, {
      answers: {},
      schema: { type: 'string', pattern: '^[0-9]+$', checksum: 'gs1' },
    });

  it('is refused when the digit is wrong', () => {
    expect(problem('4006381333931')).toBeUndefined();
    expect(problem('4006381333932')).toBe(
      'has a wrong GS1 check digit: 2; the other characters need 1',
    );
  });

  it('is reported first for an invalid format', () => {
    expect(problem('400638133393x')).toBe('has an invalid format');
  });
});

describe('an answer with a format of packs', () => {
  const problem = (textFormat: string, text: string) =>
    answerProblem(text, {
      answers: {},
      schema: { type: 'string', textFormat },
    });

  it.each([
    ['month', '2026-02', undefined],
    ['month', '2026-13', 'must be a month such as 2026-02'],
    ['money', '10.00 EUR', undefined],
    [
      'money',
      '10 EURO',
      'must be an amount with its currency such as 1234.50 EUR',
    ],
    [
      'time-zone',
      'Europe/Bonn',
      'must be an IANA time zone such as Europe/Berlin',
    ],
  ])('%s: %s', (format, text, words) => {
    expect(problem(format, text)).toBe(words);
  });
});
