import { brokenAnswers } from '../contract/answerRules';
import { answerChoices, offeredChoices } from './answerChoices';

const datasets = [
  {
    name: 'ports',
    file: 'data/ports.csv',
    key: ['port'],
    licence: 'CC0-1.0',
    options: { country: ['DE', 'NL'] },
    optionsBy: {
      port: { country: { DE: ['DEBRV', 'DEHAM'], NL: ['NLRTM'] } },
    },
    labels: { port: { DEHAM: 'Hamburg', NLRTM: 'Rotterdam' } },
  },
];
const options = { dataset: 'ports', column: 'port' };
const where = { country: 'country' };
const free = { dataset: 'ports', column: 'country' };
const parameters = {
  properties: {
    country: { title: 'Country', 'x-bailiwick': { options: free } },
    port: {
      title: 'Port',
      'x-bailiwick': { options: { ...options, where } },
    },
  },
};
const broken = (answers: object) =>
  brokenAnswers(parameters, answers as Record<string, unknown>, datasets);

describe('offeredChoices', () => {
  const choices = answerChoices(datasets, { ...options, where })!;

  it.each([
    [{ country: 'DE' }, ['DEBRV', 'DEHAM']],
    [{ country: 'NL' }, ['NLRTM']],
    [{ country: ['NL', 'DE'] }, ['DEBRV', 'DEHAM', 'NLRTM']],
    [{ country: 'toString' }, []],
    [{}, []],
  ])('with %j are %j', (answers, expected) => {
    expect(offeredChoices(choices, answers)).toEqual(expected);
  });

  it('are complete for callers that list them', () => {
    expect(choices.values).toEqual(['DEBRV', 'DEHAM', 'NLRTM']);
    expect(answerChoices(datasets, options)).toBeUndefined();
  });

  it.each(['constructor', 'toString'])('are none for a column %s', column => {
    expect(answerChoices(datasets, { ...options, column })).toBeUndefined();
    expect(
      answerChoices(datasets, { ...options, where: { [column]: 'country' } }),
    ).toBeUndefined();
  });
});

describe('brokenAnswers of choices', () => {
  it.each([
    { country: 'DE', port: 'DEHAM' },
    { country: 'DE', port: ['DEHAM', 'DEBRV'] },
    { country: 'NL' },
    { country: 'NL', port: '' },
    {},
  ])('has nothing against %j', answers => {
    expect(broken(answers)).toEqual([]);
  });

  it.each([
    [
      { country: 'NL', port: 'DEHAM' },
      "Port can't be Hamburg (DEHAM) with this answer to Country: choose Rotterdam (NLRTM)",
    ],
    [
      { country: 'DE', port: ['DEHAM', 'NLRTM'] },
      "Port can't be Rotterdam (NLRTM) with this answer to Country: choose one of DEBRV, Hamburg (DEHAM)",
    ],
    [{ port: 'DEHAM' }, 'Port needs a different answer to Country'],
    [{ country: 'XX' }, "Country can't be XX: choose one of DE, NL"],
  ])('refuses %j', (answers, words) => {
    expect(broken(answers)).toEqual([words]);
  });

  it('has words for a column without values', () => {
    const empty = [{ ...datasets[0], options: { country: [] } }];
    expect(brokenAnswers(parameters, { country: 'DE' }, empty)).toEqual([
      'Country has no choices',
    ]);
  });
});
