import type { PipelineDeclaration, WindowDeclaration } from '../spec/pipeline-declaration';

export interface DeclaredWindow {
  readonly path: string;
  readonly window: WindowDeclaration;
}

/** Every window of a declaration: of metrics, delta refreshes and panels. */
export function declaredWindows(declaration: PipelineDeclaration): DeclaredWindow[] {
  return [
    ...Object.entries(declaration.gold).flatMap(([name, table]): DeclaredWindow[] => [
      ...(table.refresh.kind === 'delta'
        ? [{ path: `gold.${name}.refresh`, window: { kind: 'last', duration: table.refresh.window } as const }]
        : []),
      ...(table.kind === 'metrics'
        ? Object.entries(table.metrics).map(([metric, { window }]) => ({ path: `gold.${name}.metrics.${metric}`, window }))
        : []),
    ]),
    ...Object.entries(declaration.dashboards).flatMap(([uid, { panels, range }]) => [
      { path: `dashboards.${uid}.timeRange`, window: range },
      ...panels.flatMap((panel, i) => {
        return 'window' in panel && panel.window ? [{ path: `dashboards.${uid}.panels[${i}].window`, window: panel.window }] : [];
      }),
    ]),
  ];
}
