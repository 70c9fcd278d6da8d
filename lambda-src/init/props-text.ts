import type { ColumnType, TimestampFormatSpec } from '../../src/spec/column-type';
import { inferColumns, type InferredColumn } from './infer-columns';
import { columnName } from './names';
import type { TableSample } from './table-sample';

/** TypeScript that declares the table in a pipeline, with what is still to be done as comments. */
export function propsText(sample: TableSample): string {
  const columns = inferColumns(sample);
  const variable = camelCase(columnName(sample.tableName));
  const width = Math.max(0, ...columns.map(column => declaration(column).length));
  return `import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { ${imports(columns).join(', ')} } from 'cdk-medallion-analytics';

// ${sample.tableName}: ${sample.itemCount.toLocaleString('en-US')} items, ${sample.items.length.toLocaleString('en-US')} of them looked at
${remarks(sample).map(line => `// ${line}\n`).join('')}const ${variable} = Table.fromTableAttributes(this, '${pascalCase(variable)}', {
  tableName: ${quoted(sample.tableName)},
  ${streamLine(sample)}
});

new MedallionAnalyticsPipeline(this, 'Analytics', {
  tables: {
    ${columnName(sample.tableName)}: SilverTable.of(Source.dynamoDb(${variable}), {
      key: [${sample.key.map(attribute => quoted(columns.find(column => column.attribute === attribute)!.name)).join(', ')}],
      columns: {
${columns.map(column => `        ${annotated(column, width)}`).join('\n')}
      },
    }),
  },
});
`;
}

/** Without a stream of the right kind there is no ARN to write down: synth refuses the table until there is. */
function streamLine({ tableName, stream, streamArn }: TableSample): string {
  if (streamArn !== undefined && carriesImages(stream)) return `tableStreamArn: ${quoted(streamArn)},`;
  return `// tableStreamArn: what aws dynamodb describe-table --table-name ${tableName} --query Table.LatestStreamArn prints then`;
}

function remarks({ tableName, stream, pointInTimeRecovery, items }: TableSample): string[] {
  const update = `  aws dynamodb update-table --table-name ${tableName} --stream-specification StreamEnabled=`;
  const enable = `${update}true,StreamViewType=NEW_AND_OLD_IMAGES`;
  return [
    ...stream === undefined ? ['It has no stream: enable one with the view type NEW_AND_OLD_IMAGES.', enable] : [],
    ...stream !== undefined && !carriesImages(stream)
      ? [`Its stream carries ${stream} only; it takes one with the view type NEW_AND_OLD_IMAGES. Other readers of the stream must follow to the new one.`,
        `${update}false`, enable] : [],
    ...pointInTimeRecovery === 'disabled' ? [
      'Point-in-time recovery is off: enable it, or items older than the stream cannot be backfilled.',
      `  aws dynamodb update-continuous-backups --table-name ${tableName} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true`,
    ] : [],
    ...items.length === 0 ? ['It holds no items: columns beside the key are for you to declare.'] : [],
  ];
}

function carriesImages(stream: string | undefined): boolean {
  return stream === 'NEW_AND_OLD_IMAGES' || stream === 'NEW_IMAGE';
}

function imports(columns: readonly InferredColumn[]): string[] {
  const always = ['Column', 'MedallionAnalyticsPipeline', 'SilverTable', 'Source'];
  return columns.some(column => declaration(column).includes('TimestampFormat.')) ? [...always, 'TimestampFormat'] : always;
}

function annotated(column: InferredColumn, width: number): string {
  const text = declaration(column);
  return column.remarks.length === 0 ? text : `${text.padEnd(width)} // ${column.remarks.join('; ')}`;
}

function declaration({ name, attribute, type }: InferredColumn): string {
  return `${name}: ${columnCode(type, attribute)},`;
}

function columnCode(type: ColumnType, attribute?: string): string {
  const own = attribute === undefined ? [] : [quoted(attribute)];
  switch (type.kind) {
    case 'boolean': return `Column.bool(${own.join('')})`;
    case 'double': return `Column.doublePrecision(${own.join('')})`;
    case 'decimal': return `Column.decimal(${[type.precision, type.scale, ...own].join(', ')})`;
    case 'timestamp': return `Column.timestamp(${[...own, ...formatCode(type.format)].join(', ')})`;
    case 'list': case 'set': return `Column.${type.kind}(${[columnCode(type.element), ...own].join(', ')})`;
    case 'map': return `Column.map(${[columnCode(type.value), ...own].join(', ')})`;
    case 'struct': {
      const fields = Object.entries(type.fields).map(([name, field]) => `${name}: ${columnCode(field.type, field.attribute)}`);
      return `Column.struct(${[`{ ${fields.join(', ')} }`, ...own].join(', ')})`;
    }
    default: return `Column.${type.kind}(${own.join('')})`;
  }
}

function formatCode(format: TimestampFormatSpec): string[] {
  switch (format.kind) {
    case 'iso8601': return [];
    case 'epoch-seconds': return ['TimestampFormat.epochSeconds()'];
    case 'epoch-milliseconds': return ['TimestampFormat.epochMilliseconds()'];
    case 'pattern': return [`TimestampFormat.pattern(${quoted(format.pattern)})`];
  }
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'`;
}

function camelCase(snake: string): string {
  return snake.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function pascalCase(camel: string): string {
  return camel.charAt(0).toUpperCase() + camel.slice(1);
}
