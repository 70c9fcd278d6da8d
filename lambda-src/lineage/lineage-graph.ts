import { goldColumns } from '../../src/spec/gold-columns';
import type { GoldTableSpec, PipelineSpec, WindowSpec } from '../../src/spec/pipeline-spec';
import { dataColumns } from '../../src/spec/silver-columns';

/** Where data come from and go to: every table and panel of a pipeline, and what flows into what. */
export interface LineageGraph {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
}

export const LAYERS = ['source', 'bronze', 'silver', 'gold', 'panel'] as const;

export interface LineageNode {
  readonly id: string;
  readonly layer: (typeof LAYERS)[number];
  readonly title: string;
  /** Columns, or what else it holds. */
  readonly details: readonly string[];
  /** Rules, partitions, refresh: what is declared about it. */
  readonly remarks: readonly string[];
}

export interface LineageEdge {
  readonly from: string;
  readonly to: string;
  /** `join` is an enrichment. */
  readonly kind: 'flow' | 'join';
  readonly label?: string;
}

export function lineageGraph(spec: PipelineSpec): LineageGraph {
  const silver = Object.keys(spec.tables).map(name => silverLineage(spec, name));
  const gold = Object.entries(spec.gold).map(([name, definition]) => goldLineage(spec, name, definition));
  const panels = Object.entries(spec.dashboards).flatMap(([uid, { title, panels: shown }]) => shown.map((panel, index): LineageGraph => {
    const id = `panel:${uid}.${index}`;
    return {
      nodes: [{ id, layer: 'panel', title: panel.title, details: [], remarks: [title] }],
      edges: [{ from: `gold:${panel.goldTable}`, to: id, kind: 'flow' }],
    };
  }));
  const all = [...silver, ...gold, ...panels];
  return { nodes: all.flatMap(({ nodes }) => nodes), edges: all.flatMap(({ edges }) => edges) };
}

function silverLineage(spec: PipelineSpec, name: string): LineageGraph {
  const { bronzeName, columns, key, enrichments, expectations, partitionBy, ttlDeletes } = spec.tables[name];
  const enriched = new Set(enrichments.flatMap(({ columns: added }) => Object.keys(added)));
  return {
    nodes: [
      { id: `source:${name}`, layer: 'source', title: bronzeName, details: Object.values(columns).map(({ attribute }) => attribute), remarks: ['DynamoDB table, by its stream'] },
      { id: `bronze:${name}`, layer: 'bronze', title: bronzeName, details: ['every change, with both images'], remarks: ['Parquet, never altered'] },
      {
        id: `silver:${name}`,
        layer: 'silver',
        title: name,
        details: Object.keys(dataColumns(spec, name)).map(column => `${column}${key.includes(column) ? ' (key)' : ''}${enriched.has(column) ? ' (joined)' : ''}`),
        remarks: [
          ...Object.entries(expectations).map(([rule, { action, predicate }]) => `${action} unless ${rule}: ${predicate.text}`),
          ...partitionBy.map(partition => `partitioned by ${partition.transform}(${partition.column})`),
          ...ttlDeletes === 'keep' ? ['keeps what expires'] : [],
        ],
      },
    ],
    edges: [
      { from: `source:${name}`, to: `bronze:${name}`, kind: 'flow' },
      { from: `bronze:${name}`, to: `silver:${name}`, kind: 'flow' },
      ...enrichments.map(({ table, on }): LineageEdge => ({
        from: `silver:${table}`, to: `silver:${name}`, kind: 'join', label: Object.entries(on).map(([own, other]) => own === other ? own : `${own} = ${other}`).join(', '),
      })),
    ],
  };
}

function goldLineage(spec: PipelineSpec, name: string, definition: GoldTableSpec): LineageGraph {
  return {
    nodes: [{ id: `gold:${name}`, layer: 'gold', title: name, details: detailsOf(spec, name, definition), remarks: remarksOf(definition) }],
    edges: [{ from: `silver:${definition.silverTable}`, to: `gold:${name}`, kind: 'flow' }],
  };
}

function detailsOf(spec: PipelineSpec, name: string, definition: GoldTableSpec): string[] {
  switch (definition.kind) {
    case 'aggregate': return [
      ...Object.entries(definition.groupBy).map(([column, { text }]) => `${column} = ${text} (group)`),
      ...Object.entries(definition.measures).map(([column, measure]) => `${column} = ${measure.aggregate}(${measure.column ?? '*'})`),
    ];
    case 'snapshot': return Object.keys(goldColumns(spec, name)).filter(column => column !== 'computed_at');
    case 'metrics': return Object.entries(definition.metrics).map(([metric, { aggregate, column, window }]) => `${metric} = ${aggregate}(${column ?? '*'}), ${windowText(window)}`);
  }
}

function remarksOf({ where, refresh }: GoldTableSpec): string[] {
  return [...where ? [`where ${where.text}`] : [], `refresh: ${refresh.kind}`];
}

function windowText(window: WindowSpec): string {
  switch (window.kind) {
    case 'today': return 'today';
    case 'last': return `last ${window.count} ${window.unit}${window.count === 1 ? '' : 's'}`;
    case 'all-time': return 'all time';
  }
}
