import type { ColumnSpec, ColumnType } from '../spec/column-type';
import { TimestampFormat } from './timestamp-format';

/**
 * A typed column of a Silver table, read from an attribute of the item. The attribute is the column's own name unless another
 * is given. A value that is missing is NULL; one that does not convert is NULL too, and the row's `_errors` says why.
 */
export class Column {
  /** Text, a Silver `varchar`, from an S; an N is taken as the text of its number. */
  public static string(attribute?: string): Column {
    return new Column({ kind: 'string' }, attribute);
  }

  /** A Silver `boolean`, from a BOOL. */
  public static bool(attribute?: string): Column {
    return new Column({ kind: 'boolean' }, attribute);
  }

  /** A whole number of 32 bits, a Silver `integer`, from an N or an S that says a number. */
  public static integer(attribute?: string): Column {
    return new Column({ kind: 'integer' }, attribute);
  }

  /** A whole number of 64 bits, a Silver `bigint`, from an N or an S that says a number. */
  public static bigint(attribute?: string): Column {
    return new Column({ kind: 'bigint' }, attribute);
  }

  /**
   * A floating point number, a Silver `double`, from an N or an S that says a number. Sums of it are not exact: take `decimal` for
   * money.
   */
  public static doublePrecision(attribute?: string): Column {
    return new Column({ kind: 'double' }, attribute);
  }

  /**
   * An exact number, a Silver `decimal(precision, scale)`, from an N or an S that says a number. A value with more digits is never
   * rounded: it becomes NULL and the row's `_errors` says so.
   *
   * @param precision digits in all, 1 to 38.
   * @param scale digits after the point, 0 to `precision`.
   * @param attribute the item's attribute. Default: the column's name.
   */
  public static decimal(precision: number, scale: number, attribute?: string): Column {
    return new Column({ kind: 'decimal', precision, scale }, attribute);
  }

  /** A calendar day, a Silver `date`, from the text `2026-01-31`. */
  public static date(attribute?: string): Column {
    return new Column({ kind: 'date' }, attribute);
  }

  /**
   * A point in time, a Silver `timestamp(6)` in UTC.
   *
   * @param attribute the item's attribute. Default: the column's name.
   * @param format how it stands in the item. Default: `TimestampFormat.iso8601()`.
   */
  public static timestamp(attribute?: string, format?: TimestampFormat): Column {
    return new Column({ kind: 'timestamp', format: (format ?? TimestampFormat.iso8601())._render() }, attribute);
  }

  /** Bytes, a Silver `varbinary`, from a B. Not inside lists, maps or structs. */
  public static binary(attribute?: string): Column {
    return new Column({ kind: 'binary' }, attribute);
  }

  /** A value of any shape as JSON text, a Silver `varchar`; read it with `json_extract_scalar(column, '$.member')`. */
  public static json(attribute?: string): Column {
    return new Column({ kind: 'json' }, attribute);
  }

  /**
   * A list whose elements are of one type, a Silver `array(…)`.
   *
   * @param element the elements' type; an attribute name in it has no meaning.
   * @param attribute the item's attribute. Default: the column's name.
   */
  public static list(element: Column, attribute?: string): Column {
    return new Column({ kind: 'list', element: element.type }, attribute);
  }

  /**
   * A DynamoDB set (SS or NS), a Silver `array(…)`. Its order has no meaning.
   *
   * @param element string, integer, bigint, doublePrecision or decimal.
   * @param attribute the item's attribute. Default: the column's name.
   */
  public static set(element: Column, attribute?: string): Column {
    return new Column({ kind: 'set', element: element.type }, attribute);
  }

  /**
   * A map from any names to values of one type, a Silver `map(varchar, …)`.
   *
   * @param mapValue the values' type; an attribute name in it has no meaning.
   * @param attribute the item's attribute. Default: the column's name.
   */
  public static map(mapValue: Column, attribute?: string): Column {
    return new Column({ kind: 'map', value: mapValue.type }, attribute);
  }

  /**
   * A map with known members, a Silver `row(…)`.
   *
   * @param fields field name to type; a field reads the member of its own name unless its column names another attribute.
   * @param attribute the item's attribute. Default: the column's name.
   */
  public static struct(fields: { [name: string]: Column }, attribute?: string): Column {
    const rendered = Object.entries(fields).map(([name, field]) => [name, field._render(name)] as const);
    return new Column({ kind: 'struct', fields: Object.fromEntries(rendered) }, attribute);
  }

  private constructor(private readonly type: ColumnType, private readonly attribute?: string) {}

  /** @internal */
  public _render(name: string): ColumnSpec {
    return { attribute: this.attribute ?? name, type: this.type };
  }
}
