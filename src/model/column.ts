import type { Problem } from '../checks/problem';
import type { ColumnSpec, ColumnType } from '../spec/column-type';
import { mapValues } from '../spec/silver-columns';
import { made, mapOf, number, optional, text, type Shape } from './shape';
import { TimestampFormat } from './timestamp-format';

/**
 * A typed column of a Silver table, read from an attribute of the item. The attribute is the column's own name unless another
 * is given. A value that is missing is NULL; one that does not convert is NULL too, and the row's `_errors` says why.
 */
export class Column {
  /**
   * Text, a Silver `varchar`, from an S; an N is taken as the text of its number.
   *
   * @param attribute the item's attribute. Default: the column's name.
   */
  public static string(attribute?: string): Column {
    return new Column({ kind: 'string' }, attribute);
  }

  /**
   * A Silver `boolean`, from a BOOL.
   *
   * @param attribute the item's attribute. Default: the column's name.
   */
  public static bool(attribute?: string): Column {
    return new Column({ kind: 'boolean' }, attribute);
  }

  /**
   * A whole number of 32 bits, a Silver `integer`, from an N or an S that says a number.
   *
   * @param attribute the item's attribute. Default: the column's name.
   */
  public static integer(attribute?: string): Column {
    return new Column({ kind: 'integer' }, attribute);
  }

  /**
   * A whole number of 64 bits, a Silver `bigint`, from an N or an S that says a number.
   *
   * @param attribute the item's attribute. Default: the column's name.
   */
  public static bigint(attribute?: string): Column {
    return new Column({ kind: 'bigint' }, attribute);
  }

  /**
   * A floating point number, a Silver `double`, from an N or an S that says a number. Sums of it are not exact: take `decimal` for
   * money.
   *
   * @param attribute the item's attribute. Default: the column's name.
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

  /**
   * A calendar day, a Silver `date`, from the text `2026-01-31`.
   *
   * @param attribute the item's attribute. Default: the column's name.
   */
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
    return new Column({ kind: 'timestamp', format }, attribute);
  }

  /**
   * Bytes, a Silver `varbinary`, from a B. Not inside lists, maps or structs.
   *
   * @param attribute the item's attribute. Default: the column's name.
   */
  public static binary(attribute?: string): Column {
    return new Column({ kind: 'binary' }, attribute);
  }

  /**
   * A value of any shape as JSON text, a Silver `varchar`; read it with `json_extract_scalar(column, '$.member')`. Numbers become
   * strings, so that none loses digits: `{"a":[1,null]}` is stored as `{"a":["1",null]}`.
   *
   * @param attribute the item's attribute. Default: the column's name.
   */
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
    return new Column({ kind: 'list', element }, attribute);
  }

  /**
   * A DynamoDB set (SS or NS), a Silver `array(…)`. Its order has no meaning: Bronze keeps the stream's order, which is not defined, so
   * two equal sets may be two different arrays.
   *
   * @param element string, integer, bigint, doublePrecision or decimal.
   * @param attribute the item's attribute. Default: the column's name.
   */
  public static set(element: Column, attribute?: string): Column {
    return new Column({ kind: 'set', element }, attribute);
  }

  /**
   * A map from any names to values of one type, a Silver `map(varchar, …)`.
   *
   * @param mapValue the values' type; an attribute name in it has no meaning.
   * @param attribute the item's attribute. Default: the column's name.
   */
  public static map(mapValue: Column, attribute?: string): Column {
    return new Column({ kind: 'map', value: mapValue }, attribute);
  }

  /**
   * A map with known members, a Silver `row(…)`. Its fields cannot be read in an expression yet. To compute with one, declare the same
   * attribute as a column of its own too, `geo_json: Column.json('Geo')`, and write `json_extract_scalar(geo_json, '$.lat')`.
   *
   * @param fields field name to type; a field reads the member of its own name unless its column names another attribute.
   * @param attribute the item's attribute. Default: the column's name.
   */
  public static struct(fields: { [name: string]: Column }, attribute?: string): Column {
    return new Column({ kind: 'struct', fields }, attribute);
  }

  private constructor(private readonly type: GivenType, private readonly attribute?: string) {}

  /** @internal */
  public _render(name: string): ColumnSpec {
    return { attribute: this.attribute ?? name, type: this._type() };
  }

  /** @internal */
  public _type(): ColumnType {
    const { type } = this;
    switch (type.kind) {
      case 'timestamp': return { kind: 'timestamp', format: (type.format ?? TimestampFormat.iso8601())._render() };
      case 'list': case 'set': return { kind: type.kind, element: type.element._type() };
      case 'map': return { kind: 'map', value: type.value._type() };
      case 'struct': return { kind: 'struct', fields: mapValues(type.fields, (field, name) => field._render(name)) };
      default: return type;
    }
  }

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    const { type } = this;
    const { factory, before, after } = { ...WRITTEN_PLAINLY, factory: type.kind, ...WRITTEN[type.kind] };
    const fix = `Column.${factory}(${before}'attribute'${after})`;
    return [...optional(text('the attribute', fix))(path, this.attribute), ...this.typeProblems(path)];
  }

  private typeProblems(path: string): readonly Problem[] {
    const { type } = this;
    switch (type.kind) {
      case 'decimal': return [
        ...number('the precision', 'Column.decimal(10, 2)')(path, type.precision), ...number('the scale', 'Column.decimal(10, 2)')(path, type.scale),
      ];
      case 'timestamp': return FORMAT(path, type.format);
      case 'list': case 'set': return COLUMN(path, type.element);
      case 'map': return COLUMN(path, type.value);
      case 'struct': return mapOf(COLUMN, 'Column.struct({ field: Column.string() })')(path, type.fields);
      default: return [];
    }
  }
}

/** A type whose parts may be wrong still. */
type GivenType =
  | Exclude<ColumnType, { kind: 'timestamp' | 'list' | 'set' | 'map' | 'struct' }>
  | { readonly kind: 'timestamp'; readonly format?: TimestampFormat }
  | { readonly kind: 'list' | 'set'; readonly element: Column }
  | { readonly kind: 'map'; readonly value: Column }
  | { readonly kind: 'struct'; readonly fields: { readonly [name: string]: Column } };

const COLUMN: Shape = made(() => Column, 'Column.string()');
const FORMAT = optional(made(() => TimestampFormat, 'TimestampFormat.iso8601()'));

interface Written {
  readonly factory: string;
  readonly before: string;
  readonly after: string;
}

const WRITTEN_PLAINLY: Omit<Written, 'factory'> = { before: '', after: '' };

/** How a column is written with its attribute, where that is more than its kind and the attribute. */
const WRITTEN: { readonly [kind: string]: Partial<Written> } = {
  boolean: { factory: 'bool' },
  double: { factory: 'doublePrecision' },
  decimal: { before: '10, 2, ' },
  timestamp: { after: ', format' },
  list: { before: 'element, ' },
  set: { before: 'element, ' },
  map: { before: 'value, ' },
  struct: { before: 'fields, ' },
};
