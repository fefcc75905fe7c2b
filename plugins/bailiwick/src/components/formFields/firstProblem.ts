/**
 * What is wrong with an answer, or with the first of a list that something is wrong with: the
 * scaffolder checks the field of a list's items once, with the whole list.
 */
export function firstProblem<T>(
  answer: T | T[] | undefined,
  problemOf: (one: T | undefined) => string | undefined,
): string | undefined {
  if (!Array.isArray(answer)) return problemOf(answer);
  return answer.map(problemOf).find(problem => problem !== undefined);
}
