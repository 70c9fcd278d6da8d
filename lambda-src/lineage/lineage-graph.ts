import { typeName } from '../../src/expression/sql-type';
import type { EnrichmentSpec, GoldTableSpec, PipelineSpec } from '../../src/spec/pipeline-spec';
import { dataColumns } from '../../src/spec/silver-columns';
import { figureText, panelText, refreshText, scheduleText, windowText } from './lineage-text';

/** Where data come from and go to: every table and panel of a pipeline, and what flows into what. */
export interface LineageGraph {
  readonly layers: readonly LineageLayer[];
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
}

export interface LineageLayer {
  readonly name: (typeof LAYERS)[number];
  readonly title: string;
  /** When what is in it is made. */
  readonly when: string;
}

const LAYERS = ['source', 'bronze', 'silver', 'gold', 'panel'] as const;

export interface LineageNode {
  readonly id: string;
  readonly layer: LineageLayer['name'];
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
  const gold = Object.entries(spec.gold).map(([name, definition]) => goldLineage(name, definition));
  const panels = Object.entries(spec.dashboards).flatMap(([uid, { title, panels: shown }]) => shown.map((panel, index): Part => {
    const id = `panel:${uid}.${index}`;
    return {
      nodes: [{ id, layer: 'panel', title: panel.title, details: [`${panel.kind.replaceAll('-', ' ')}: ${panelText(panel)}`], remarks: [title] }],
      edges: [{ from: `gold:${panel.goldTable}`, to: id, kind: 'flow' }],
    };
  }));
  const parts = [...silver, ...gold, ...panels];
  const nodes = parts.flatMap(part => part.nodes);
  const layers = layersOf(spec).filter(({ name }) => nodes.some(({ layer }) => layer === name));
  return { layers, nodes, edges: parts.flatMap(({ edges }) => edges) };
}

type Part = Omit<LineageGraph, 'layers'>;

function layersOf({ schedules = {}, dashboards }: PipelineSpec): LineageLayer[] {
  const refreshes = [...new Set(Object.values(dashboards).map(({ refreshSeconds }) => refreshSeconds))];
  const seconds = refreshes.length === 1 ? refreshes[0] : undefined;
  return [
    { name: 'source', title: 'Sources', when: 'DynamoDB tables' },
    { name: 'bronze', title: 'Bronze', when: 'as the streams tell' },
    { name: 'silver', title: 'Silver', when: schedules.silver === undefined ? 'by its schedule' : scheduleText(schedules.silver) },
    { name: 'gold', title: 'Gold', when: schedules.gold === undefined ? 'after Silver' : `after Silver, and ${scheduleText(schedules.gold)}` },
    { name: 'panel', title: 'Panels', when: seconds === undefined ? 'when looked at' : `refreshed ${everyText(seconds)}` },
  ];
}

function everyText(seconds: number): string {
  return scheduleText(seconds % 60 === 0 ? `rate(${seconds / 60} minutes)` : `rate(${seconds} seconds)`);
}

function silverLineage(spec: PipelineSpec, name: string): Part {
  const { bronzeName, columns, key, enrichments, expectations, partitionBy, ttlDeletes, privacy = {} } = spec.tables[name];
  const origin = new Map(enrichments.flatMap(({ table, columns: added }) => Object.entries(added).map(([column, from]) => [column, `${table}.${from}`])));
  return {
    nodes: [
      { id: `source:${name}`, layer: 'source', title: bronzeName, details: Object.values(columns).map(({ attribute }) => attribute), remarks: [] },
      {
        id: `bronze:${name}`,
        layer: 'bronze',
        title: bronzeName,
        details: ['every change, with both images'],
        remarks: ['Parquet, never altered', ...Object.entries(privacy).map(([attribute, rule]) => `${attribute}: ${rule === 'hash' ? 'hashed' : 'dropped'}`)],
      },
      {
        id: `silver:${name}`,
        layer: 'silver',
        title: name,
        details: Object.entries(dataColumns(spec, name)).map(([column, type]) =>
          `${column} ${typeName(type)}${key.includes(column) ? ', key' : ''}${origin.has(column) ? `, from ${origin.get(column)}` : ''}`),
        remarks: [
          ...enrichments.map(enrichment => `joins ${enrichment.table} on ${onText(enrichment)}`),
          ...Object.entries(expectations).map(([rule, { action, predicate }]) => `${action} unless ${rule}: ${predicate.text}`),
          ...partitionBy.map(partition => `partitioned by ${partition.transform}(${partition.column})`),
          ...ttlDeletes === 'keep' ? ['keeps what expires'] : [],
        ],
      },
    ],
    edges: [
      { from: `source:${name}`, to: `bronze:${name}`, kind: 'flow' },
      { from: `bronze:${name}`, to: `silver:${name}`, kind: 'flow' },
      ...enrichments.map((enrichment): LineageEdge => ({ from: `silver:${enrichment.table}`, to: `silver:${name}`, kind: 'join', label: onText(enrichment) })),
    ],
  };
}

function onText({ on }: EnrichmentSpec): string {
  return Object.entries(on).map(([own, other]) => own === other ? own : `${own} = ${other}`).join(', ');
}

function goldLineage(name: string, definition: GoldTableSpec): Part {
  const { kind, silverTable, where, refresh } = definition;
  return {
    nodes: [{
      id: `gold:${name}`,
      layer: 'gold',
      title: name,
      details: detailsOf(definition),
      remarks: [...where ? [`where ${where.text}`] : [], refreshText(kind, refresh)],
    }],
    edges: [{ from: `silver:${silverTable}`, to: `gold:${name}`, kind: 'flow' }],
  };
}

function detailsOf(definition: GoldTableSpec): string[] {
  switch (definition.kind) {
    case 'aggregate': return [
      ...Object.entries(definition.groupBy).map(([column, { text }]) => `${column === text ? column : `${column} = ${text}`}, group`),
      ...Object.entries(definition.measures).map(([column, measure]) => `${column} = ${figureText(measure)}`),
    ];
    case 'snapshot': return Object.entries(definition.columns).map(([column, { text }]) => column === text ? column : `${column} = ${text}`);
    case 'metrics': return Object.entries(definition.metrics).map(([metric, figure]) => `${metric} = ${figureText(figure)}, ${windowText(figure.window)}${figure.previous ? ' and the period before' : ''}`);
  }
}
