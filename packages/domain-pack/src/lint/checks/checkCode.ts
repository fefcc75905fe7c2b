import type { Problem } from '../../problem/Problem';
import type { PackSource } from '../../source/readSource';
import { problemsIn, validArchetypes } from './problemsIn';
import { pythonFiles } from './pythonFiles';

/** A function whose name is known only once the template is rendered. */
const renderedName = /\bdef\s+\w*(\$\{\{|\{%)/;
const functionName = /^(?:async\s+)?def\s+([a-z]\w*)/gm;

/** Functions, checks and verbs of the contract that the code does not define. */
export function checkCode(pack: PackSource): Problem[] {
  return validArchetypes(pack).flatMap(archetype => {
    const code = pythonFiles(pack, archetype)
      .map(({ text }) => text)
      .join('\n');
    // A template without code is reported where templates are checked.
    if (code === '' || renderedName.test(code)) return [];
    const { checks = [], functions, verbs = [] } = archetype.source.contract;
    const namesWith = (role: string) =>
      [
        ...code.matchAll(
          new RegExp(
            `^@${role}\\b.*\\n(?:@.*\\n)*(?:async\\s+)?def\\s+(\\w+)`,
            'gm',
          ),
        ),
      ].map(({ 1: name }) => name);
    const decorated = { check: namesWith('check'), verb: namesWith('verb') };
    const tending = [...decorated.check, ...decorated.verb];
    const lists = [
      {
        list: 'functions',
        names: functions.map(({ name }) => name),
        role: 'function',
        there: [...code.matchAll(functionName)]
          .map(({ 1: name }) => name)
          .filter(name => !tending.includes(name)),
        write: 'Write it in functions.py',
      },
      {
        list: 'checks',
        names: checks,
        role: 'check',
        there: decorated.check,
        write: 'Write @check above its function',
      },
      {
        list: 'verbs',
        names: verbs,
        role: 'verb',
        there: decorated.verb,
        write: 'Write @verb above its function',
      },
    ];
    return problemsIn(archetype.document, refuse => {
      for (const { list, names, role, there, write } of lists)
        for (const [position, name] of names.entries())
          if (!new RegExp(`\\b${name}\\b`).test(code))
            refuse(
              ['contract', list, position],
              `The code has no ${role} "${name}"`,
              there.length > 0
                ? `${write}, or use one of: ${there.join(', ')}`
                : write,
            );
    });
  });
}
