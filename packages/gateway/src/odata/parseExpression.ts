import { BadODataError, NotImplementedError } from './errors';
import {
  binaryOperators,
  type BinaryOperator,
  type Expression,
  type Literal,
} from './expression';
import { functions } from './functions';
import { tokenize, type Token } from './tokenize';

/** Maximum depth of parentheses, calls and signs, so that no request exhausts the stack. */
const maxDepth = 100;

/** Functions and operators of OData that this service does not have. */
const unsupported =
  /^(geo\..+|cast|isof|has|any|all|matchesPattern|in|divby|hassubset|hassubsequence|case|totaloffsetminutes|totalseconds|mindatetime|maxdatetime)$/;

/** Context of an expression. */
export interface ParseContext {
  /** Name of the option, for messages. */
  option: string;
  /** Texts of parameter aliases, such as `@p1` (OData 4.0 Part 2, section 5.1.1.13.1). */
  aliases: ReadonlyMap<string, string>;
}

class Parser {
  readonly #tokens: Token[];
  readonly #context: ParseContext;
  #next = 0;
  #depth = 0;

  constructor(tokens: Token[], context: ParseContext) {
    this.#tokens = tokens;
    this.#context = context;
  }

  /** @throws BadODataError unless all tokens are read */
  end(): void {
    if (this.#next < this.#tokens.length) this.#fail('the end');
  }

  /** Parses an expression with operators of a precedence or higher; chains of one operator need no recursion. */
  expression(level = 0): Expression {
    if (level === binaryOperators.length) return this.#unary();
    let left = this.expression(level + 1);
    for (;;) {
      const operator = this.#operator(binaryOperators[level]);
      if (!operator) return left;
      const right = this.expression(level + 1);
      left = { kind: 'binary', operator, left, right };
    }
  }

  #operator(known: readonly BinaryOperator[]): BinaryOperator | undefined {
    const token = this.#tokens[this.#next];
    if (token?.kind !== 'name') return undefined;
    const found = known.find(name => name === token.text);
    if (found) this.#next += 1;
    else if (unsupported.test(token.text)) this.#refuse(token.text);
    else if (known.some(name => name === token.text.toLowerCase()))
      throw new NotImplementedError(
        `${token.text} is not supported in ${
          this.#context.option
        }: write operators in lower case`,
      );
    return found;
  }

  #unary(): Expression {
    const token = this.#tokens[this.#next];
    const isNot = token?.kind === 'name' && token.text === 'not';
    if (!isNot && token?.kind !== '-') return this.#primary();
    this.#next += 1;
    return this.#nested(() => ({
      kind: isNot ? 'not' : 'negate',
      operand: this.#unary(),
    }));
  }

  #primary(): Expression {
    const token = this.#tokens[this.#next];
    this.#next += 1;
    switch (token?.kind) {
      case 'literal':
        return { kind: 'literal', type: token.type, text: token.text };
      case 'alias':
        return aliasValue(token.text, this.#context.aliases);
      case 'name':
        return this.#named(token.text);
      case '(':
        return this.#nested(() => {
          const inner = this.expression();
          this.#take(')');
          return inner;
        });
      default:
        this.#next -= 1;
        return this.#fail('a value, a property or a function');
    }
  }

  #named(name: string): Expression {
    const kind = this.#tokens[this.#next]?.kind;
    // A name with a dot is a type or a function of the metadata.
    if (kind === '/' || name.includes('.') || unsupported.test(name))
      this.#refuse(name);
    if (kind !== '(') return { kind: 'property', name };
    const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (!known)
      throw new NotImplementedError(
        `The function ${name} is not supported; available: ${Object.keys(
          functions,
        ).join(', ')}`,
      );
    this.#next += 1;
    const args = this.#nested(() => this.#arguments());
    const { max, min = max } = known;
    if (args.length < min || args.length > max)
      throw new BadODataError(
        `${name} takes ${
          min === max ? max : `${min} or ${max}`
        } parameters, not ${args.length}`,
      );
    return { kind: 'call', name, args };
  }

  #arguments(): Expression[] {
    if (this.#tokens[this.#next]?.kind === ')') {
      this.#next += 1;
      return [];
    }
    const args = [this.expression()];
    while (this.#tokens[this.#next]?.kind === ',') {
      this.#next += 1;
      args.push(this.expression());
    }
    this.#take(')');
    return args;
  }

  #take(kind: Token['kind']): void {
    if (this.#tokens[this.#next]?.kind !== kind) this.#fail(`"${kind}"`);
    this.#next += 1;
  }

  #nested<T>(parse: () => T): T {
    this.#depth += 1;
    if (this.#depth > maxDepth)
      throw new BadODataError(
        `${
          this.#context.option
        } is nested more than ${maxDepth} levels deep; simplify it`,
      );
    const result = parse();
    this.#depth -= 1;
    return result;
  }

  #refuse(name: string): never {
    throw new NotImplementedError(
      `${name} is not supported in ${this.#context.option}`,
    );
  }

  #fail(expected: string): never {
    const token = this.#tokens[this.#next];
    throw new BadODataError(
      `${this.#context.option}: expected ${expected}${
        token
          ? ` at character ${token.at + 1}, got ${JSON.stringify(token.text)}`
          : ', got the end'
      }`,
    );
  }
}

/**
 * Parses an expression of `$filter` or `$orderby` (OData 4.0 Part 2, section 5.1.1).
 *
 * @throws BadODataError with the position of the first wrong token
 * @throws NotImplementedError for functions and operators that this service does not have
 */
export function parseExpression(
  text: string,
  context: ParseContext,
): Expression {
  if (/^\s/.test(text))
    throw new BadODataError(
      `${context.option} begins with white space; remove it`,
    );
  const parser = new Parser(tokenize(text, context.option), context);
  const expression = parser.expression();
  parser.end();
  return expression;
}

/**
 * Returns the value of a parameter alias: null when it has none. It must be a literal, so it cannot refer to itself
 * (OData 4.0 Part 2, section 5.1.1.13.1).
 *
 * @throws BadODataError
 */
export function aliasValue(
  name: string,
  aliases: ReadonlyMap<string, string>,
): Literal {
  const text = aliases.get(name);
  if (text === undefined) return { kind: 'literal', text: 'null' };
  const [token, ...rest] = tokenize(text, name);
  if (token?.kind !== 'literal' || rest.length > 0)
    throw new BadODataError(
      `${name} must be one literal, such as 'text', 1.5 or 2026-01-31`,
    );
  return { kind: 'literal', type: token.type, text: token.text };
}
