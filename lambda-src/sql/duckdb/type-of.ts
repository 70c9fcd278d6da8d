import { CHOOSING_FUNCTIONS, FUNCTIONS } from '../../../src/expression/functions';
import { BIGINT, BOOLEAN, TIMESTAMP, VARCHAR, type SqlType } from '../../../src/expression/sql-type';
import { arithmeticType, commonType } from '../../../src/expression/type-rules';
import type { SqlExpression } from '../nodes';

/** What type Trino gives an expression; undefined where a column below it carries none. */
export function typeOf(node: SqlExpression): SqlType | undefined {
  switch (node.kind) {
    case 'column': case 'literal': case 'cast': case 'try-cast': case 'from-json': case 'aggregate': return node.type;
    case 'call': return node.type ?? callType(node);
    case 'case': return common([...node.branches.map(({ then }) => then), ...node.otherwise ? [node.otherwise] : []]);
    case 'negate': return typeOf(node.operand);
    case 'binary': return node.type ?? binaryType(node);
    case 'row-number': return BIGINT;
    case 'from-micros': return TIMESTAMP;
    default: return BOOLEAN;
  }
}

function callType({ name, arguments: parameters }: Extract<SqlExpression, { kind: 'call' }>): SqlType | undefined {
  if (name === 'nullif') return typeOf(parameters[0]);
  if ((CHOOSING_FUNCTIONS as readonly string[]).includes(name)) return common(name === 'if' ? parameters.slice(1) : parameters);
  const types = parameters.map(typeOf);
  if (!Object.hasOwn(FUNCTIONS, name) || !types.every(type => type !== undefined)) return undefined;
  return FUNCTIONS[name].returns(types, parameters as Parameters<typeof FUNCTIONS[string]['returns']>[1]);
}

function binaryType({ operator, left, right }: Extract<SqlExpression, { kind: 'binary' }>): SqlType | undefined {
  const [leftType, rightType] = [typeOf(left), typeOf(right)];
  switch (operator) {
    case '=': case '<>': case '<': case '<=': case '>': case '>=': return BOOLEAN;
    case '||': return leftType?.kind === 'array' ? leftType : VARCHAR;
    default: return leftType && rightType && arithmeticType(operator, leftType, rightType);
  }
}

function common(nodes: readonly SqlExpression[]): SqlType | undefined {
  const types = nodes.map(typeOf);
  return types.reduce((found, type) => found && type && commonType(found, type));
}
