import type { Named } from '../spec/pipeline-spec';
import { closestName } from './closest-name';
import { counted } from './counted';
import type { Between, Binary, Call, Case, Cast, ColumnReference, Expression, InList, Like } from './expression';
import { CHOOSING_FUNCTIONS, FUNCTIONS, insteadOfFunction } from './functions';
import { usageInstead } from './functions/argument-counts';
import { BOOLEAN, VARCHAR, isNested, isNumeric, typeName, typeWithArticle, type SqlType } from './sql-type';
import { arithmeticType, canCast, commonType, isOrderable, isTime } from './type-rules';

export interface TypeProblem {
  /** The part of the tree that is wrong. */
  readonly node: Expression;
  readonly message: string;
  readonly fix: string;
}

export interface Inference {
  /** The tree with its columns, calls and operators typed, and every NULL literal by what stands around it. */
  readonly tree: Expression;
  /** Unknown where a function without a known signature decides it, or where there are problems. */
  readonly type?: SqlType;
  readonly problems: readonly TypeProblem[];
}

/** Types an expression over these columns by Trino's rules. */
export function inferType(tree: Expression, columns: Named<SqlType>): Inference {
  const inference = new TypeInference(columns);
  const typed = inference.typed(tree);
  if (typed.type === 'null') inference.report(tree, 'NULL has no type of its own', 'write CAST(NULL AS type)');
  const known = typed.type !== 'null' && typed.type !== 'unknown' && inference.problems.length === 0;
  return { tree: typed.node, ...(known && { type: typed.type as SqlType }), problems: inference.problems };
}

type InferredType = SqlType | 'null' | 'unknown';

interface Typed {
  readonly node: Expression;
  readonly type: InferredType;
}

interface Unified {
  readonly nodes: Expression[];
  /** What they have in common. */
  readonly type: InferredType;
  /** What each is by itself. */
  readonly types: readonly InferredType[];
}

class TypeInference {
  public readonly problems: TypeProblem[] = [];

  public constructor(private readonly columns: Named<SqlType>) {}

  public report(node: Expression, message: string, fix: string): void {
    this.problems.push({ node, message, fix });
  }

  public typed(node: Expression): Typed {
    switch (node.kind) {
      case 'column': return resulting(node, this.columnType(node.name, node));
      case 'literal': return { node, type: node.value === null ? 'null' : node.type };
      case 'call': return this.call(node);
      case 'cast': case 'try-cast': return this.cast(node);
      case 'case': return this.caseOf(node);
      case 'and': case 'or': return { node: { ...node, operands: node.operands.map(operand => this.boolean(operand)) }, type: BOOLEAN };
      case 'not': return { node: { ...node, operand: this.boolean(node.operand) }, type: BOOLEAN };
      case 'negate': return this.negate(node.operand);
      case 'binary': return this.binary(node);
      case 'is-null': case 'is-not-null': return { node: { ...node, operand: this.value(node.operand).node }, type: BOOLEAN };
      case 'is-distinct': case 'is-not-distinct': {
        const [left, right] = this.alike(node, [node.left, node.right], 'equal');
        return { node: { ...node, left, right }, type: BOOLEAN };
      }
      case 'between': case 'not-between': return this.between(node);
      case 'in': case 'not-in': return this.inList(node);
      case 'like': case 'not-like': return this.like(node);
    }
  }

  private columnType(name: string, node: Expression): SqlType | 'unknown' {
    if (Object.hasOwn(this.columns, name)) return this.columns[name];
    const closest = closestName(name, Object.keys(this.columns));
    const fix = closest ? `did you mean '${closest}'?` : `use one of ${Object.keys(this.columns).sort().join(', ')}`;
    this.report(node, `there is no column '${name}' here`, fix);
    return 'unknown';
  }

  /** Anything but a NULL literal, for which nothing here says a type. */
  private value(node: Expression): Typed {
    const typed = this.typed(node);
    if (typed.type !== 'null') return typed;
    this.report(node, 'NULL has no type here', 'write CAST(NULL AS type)');
    return { ...typed, type: 'unknown' };
  }

  private boolean(node: Expression): Expression {
    const typed = this.typed(node);
    if (typed.type !== 'null' && typed.type !== 'unknown' && typed.type.kind !== 'boolean') {
      this.report(node, `a condition is a boolean, this is ${typeWithArticle(typed.type)}`, 'compare it with something');
    }
    return withType(typed, BOOLEAN);
  }

  /** Values that Trino brings to one type; NULL literals take it. */
  private unified(owner: Expression, nodes: readonly Expression[]): Unified {
    const typed = nodes.map(node => this.typed(node));
    let type: InferredType = 'null';
    for (const part of typed) {
      if (part.type === 'null' || type === 'unknown') continue;
      if (part.type === 'unknown') {
        type = 'unknown';
      } else if (type === 'null') {
        type = part.type;
      } else {
        const common = commonType(type as SqlType, part.type);
        if (!common) {
          const types = `${typeName(type as SqlType)} and ${typeName(part.type)}`;
          this.report(owner, `${types} have no type in common`, 'CAST one of them to the type of the other');
        }
        type = common ?? 'unknown';
      }
    }
    const known = typed.map(part => part.type).find(isKnown);
    if (type === 'unknown' && !known && typed.some(part => part.type === 'null')) {
      this.report(owner, 'the type of NULL cannot be told here', 'write CAST(NULL AS type)');
    }
    const target = isKnown(type) ? type : known;
    return { nodes: typed.map(part => target ? withType(part, target) : part.node), type, types: typed.map(part => part.type) };
  }

  /** Operands of a comparison. */
  private alike(owner: Expression, nodes: readonly Expression[], comparison: 'equal' | 'ordered'): Expression[] {
    const before = this.problems.length;
    const { nodes: typed, type } = this.unified(owner, nodes);
    if (this.problems.length > before) return typed;
    if (type === 'null') this.report(owner, 'a comparison of NULL with NULL', 'write IS NULL');
    if (isKnown(type) && (comparison === 'ordered' ? !isOrderable(type) : type.kind === 'map')) {
      this.report(owner, `${typeWithArticle(type)} cannot be compared so`, 'compare one of its elements: element_at(column, …)');
    }
    return typed;
  }

  private cast(node: Cast<Expression>): Typed {
    const inner = this.typed(node.expression);
    if (isKnown(inner.type) && !canCast(inner.type, node.type)) {
      this.report(node, `${typeWithArticle(inner.type)} cannot become ${typeWithArticle(node.type)}`, 'CAST it to varchar first, or to another type');
    }
    return { node: { ...node, expression: withType(inner, node.type) }, type: node.type };
  }

  private caseOf(node: Case<Expression>): Typed {
    const whens = node.operand
      ? this.alike(node, [node.operand, ...node.branches.map(branch => branch.when)], 'equal')
      : node.branches.map(branch => this.boolean(branch.when));
    const operand = node.operand ? whens.shift() : undefined;
    const values = [...node.branches.map(branch => branch.then), ...(node.otherwise ? [node.otherwise] : [])];
    const { nodes, type } = this.unified(node, values);
    const branches = node.branches.map((_, i) => ({ when: whens[i], then: nodes[i] }));
    const otherwise = node.otherwise && nodes[nodes.length - 1];
    if (type === 'null') this.report(node, 'a CASE that is always NULL', 'write CAST(NULL AS type)');
    return {
      node: { kind: 'case', ...(operand && { operand }), branches, ...(otherwise && { otherwise }) },
      type: type === 'null' ? 'unknown' : type,
    };
  }

  private negate(operand: Expression): Typed {
    const typed = this.value(operand);
    if (isKnown(typed.type) && !isNumeric(typed.type)) {
      this.report(operand, `${typeWithArticle(typed.type)} has no negative`, 'CAST it to a number');
      return { node: { kind: 'negate', operand: typed.node }, type: 'unknown' };
    }
    return { node: { kind: 'negate', operand: typed.node }, type: typed.type };
  }

  private binary(node: Binary<Expression>): Typed {
    const { operator } = node;
    switch (operator) {
      case '=': case '<>': case '<': case '<=': case '>': case '>=': return this.comparison(node);
      case '||': return this.concatenation(node);
      default: {
        const [left, right] = [this.value(node.left), this.value(node.right)];
        const rebuilt: Binary<Expression> = { ...node, left: left.node, right: right.node };
        if (!isKnown(left.type) || !isKnown(right.type)) return { node: rebuilt, type: 'unknown' };
        if (!isNumeric(left.type) || !isNumeric(right.type)) {
          const time = isTime(left.type) || isTime(right.type);
          this.report(node, `'${operator}' between ${typeName(left.type)} and ${typeName(right.type)}`,
            time ? "use date_add('day', number, column) or date_diff('day', from, to)" : 'use it between numbers; CAST text to one');
          return { node: rebuilt, type: 'unknown' };
        }
        const type = arithmeticType(operator, left.type, right.type);
        if (!type) this.report(node, 'a product with more than 38 decimals', 'CAST a factor to a decimal with fewer');
        return resulting(rebuilt, type ?? 'unknown');
      }
    }
  }

  private comparison(node: Binary<Expression>): Typed {
    if (isNullLiteral(node.left) || isNullLiteral(node.right)) {
      this.report(node, `'${node.operator} NULL' is never true`, 'write IS NULL or IS NOT NULL');
      return { node, type: BOOLEAN };
    }
    const equality = node.operator === '=' || node.operator === '<>';
    const [left, right] = this.alike(node, [node.left, node.right], equality ? 'equal' : 'ordered');
    return resulting({ ...node, left, right }, BOOLEAN);
  }

  private concatenation(node: Binary<Expression>): Typed {
    const { nodes: [left, right], type } = this.unified(node, [node.left, node.right]);
    if (isKnown(type) && type.kind !== 'varchar' && type.kind !== 'array') {
      this.report(node, `'||' joins text or arrays, not ${typeName(type)}`, 'CAST both sides to varchar');
    }
    return resulting({ ...node, left, right }, type);
  }

  private between(node: Between<Expression>): Typed {
    const [operand, low, high] = this.alike(node, [node.operand, node.low, node.high], 'ordered');
    return { node: { ...node, operand, low, high }, type: BOOLEAN };
  }

  private inList(node: InList<Expression>): Typed {
    if (node.kind === 'not-in' && node.values.some(isNullLiteral)) {
      this.report(node, 'NOT IN with NULL in its list is never true', 'leave NULL out and add IS NOT NULL');
    }
    const [operand, ...values] = this.alike(node, [node.operand, ...node.values], 'equal');
    return { node: { ...node, operand, values }, type: BOOLEAN };
  }

  private like(node: Like<Expression>): Typed {
    const text = (part: Expression): Expression => {
      const typed = this.typed(part);
      if (isKnown(typed.type) && typed.type.kind !== 'varchar') {
        this.report(part, `LIKE takes text, not ${typeWithArticle(typed.type)}`, 'CAST it to varchar');
      }
      return withType(typed, VARCHAR);
    };
    const [operand, pattern] = [text(node.operand), text(node.pattern)];
    return { node: { ...node, operand, pattern, ...(node.escape && { escape: text(node.escape) }) }, type: BOOLEAN };
  }

  private call(node: Call<Expression>): Typed {
    if ((CHOOSING_FUNCTIONS as readonly string[]).includes(node.name)) return this.choice(node);
    const typed = node.arguments.map(part => this.value(part));
    const rebuilt: Call<Expression> = { ...node, arguments: typed.map(part => part.node) };
    const signature = Object.hasOwn(FUNCTIONS, node.name) ? FUNCTIONS[node.name] : undefined;
    const instead = insteadOfFunction(node.name);
    if (instead) this.report(node, `there is no function '${node.name}'`, instead);
    const usage = usageInstead(node.name, node.arguments.length);
    if (usage) this.report(node, `${node.name} with ${counted(node.arguments.length, 'argument')}`, `write ${usage}`);
    const types = typed.map(part => part.type).filter(isKnown);
    if (!signature || types.length < typed.length) return { node: rebuilt, type: 'unknown' };
    const type = signature.returns(types, node.arguments);
    if (!type) this.report(node, `${node.name}(${types.map(typeName).join(', ')})`, `call it as ${signature.usage}`);
    return resulting(rebuilt, type ?? 'unknown');
  }

  /** COALESCE, GREATEST, LEAST, IF and NULLIF: the result is one of the arguments. */
  private choice(node: Call<Expression>): Typed {
    const condition = node.name === 'if' ? node.arguments.slice(0, 1) : [];
    const candidates = node.arguments.slice(condition.length);
    const [least, most] = { if: [1, 2], nullif: [2, 2], coalesce: [2, 127] }[node.name] ?? [1, 127];
    if (candidates.length < least || candidates.length > most) {
      this.report(node, `${node.name} with ${counted(node.arguments.length, 'argument')}`, CHOICE_USAGE[node.name]);
      return { node, type: 'unknown' };
    }
    const conditions = condition.map(part => this.boolean(part));
    const { nodes, type, types } = this.unified(node, candidates);
    if (type === 'null') this.report(node, `${node.name} of NULLs only`, 'write CAST(NULL AS type)');
    if (isKnown(type) && isNested(type) && (node.name === 'greatest' || node.name === 'least')) {
      this.report(node, `${node.name} of ${typeName(type)}`, 'compare elements: element_at(column, …)');
    }
    const rebuilt: Call<Expression> = { ...node, arguments: [...conditions, ...nodes] };
    // NULLIF compares in the common type but gives its first argument as it is.
    const result = node.name === 'nullif' && isKnown(types[0]) ? types[0] : type;
    return resulting(rebuilt, result === 'null' ? 'unknown' : result);
  }
}

const CHOICE_USAGE: { readonly [name: string]: string } = {
  coalesce: 'write coalesce(value, value, …)',
  greatest: 'write greatest(value, …)',
  if: 'write if(condition, value[, otherwise])',
  least: 'write least(value, …)',
  nullif: 'write nullif(value, value)',
};

/** A node that says its type, where that is known. */
function resulting(node: ColumnReference | Call<Expression> | Binary<Expression>, type: InferredType): Typed {
  return { node: isKnown(type) ? { ...node, type } : node, type };
}

function withType(typed: Typed, type: SqlType): Expression {
  return typed.type === 'null' && typed.node.kind === 'literal' ? { ...typed.node, type } : typed.node;
}

function isKnown(type: InferredType): type is SqlType {
  return type !== 'null' && type !== 'unknown';
}

function isNullLiteral(node: Expression): boolean {
  return node.kind === 'literal' && node.value === null;
}
