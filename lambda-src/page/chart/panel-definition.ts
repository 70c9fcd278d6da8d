/** What is read of a panel of a dashboard's JSON; it may have been written by another version, so all of it is optional. */
export interface PanelDefinition {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly options?: PanelOptionsJson;
  readonly fieldConfig?: { readonly defaults?: FieldProperties; readonly overrides?: readonly FieldOverrideJson[] };
  readonly links?: readonly { readonly title: string; readonly url: string }[];
}

export interface PanelOptionsJson {
  readonly textMode?: string;
  readonly showPercentChange?: boolean;
  readonly orientation?: string;
  readonly legend?: { readonly showLegend?: boolean };
  readonly reduceOptions?: { readonly calcs?: readonly string[]; readonly values?: boolean };
}

export interface FieldOverrideJson {
  readonly matcher: { readonly id: string; readonly options: unknown };
  readonly properties: readonly { readonly id: string; readonly value: unknown }[];
}

/** How a field looks, by the names that Grafana gives the properties. */
export interface FieldProperties {
  readonly displayName?: string;
  readonly unit?: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  readonly noValue?: string;
  readonly color?: { readonly mode?: string; readonly fixedColor?: string };
  readonly thresholds?: { readonly steps: readonly { readonly color: string; readonly value: number | null }[] };
  readonly mappings?: readonly { readonly type: string; readonly options: { readonly [value: string]: { readonly color?: string } } }[];
  readonly custom?: FieldCustom;
}

export interface FieldCustom {
  readonly drawStyle?: string;
  readonly fillOpacity?: number;
  readonly lineWidth?: number;
  readonly stacking?: { readonly mode?: string };
  readonly axisSoftMin?: number;
  readonly cellOptions?: { readonly type?: string };
}

/** The properties of one field: the panel's, and over them those that its name calls up. */
export function fieldProperties({ fieldConfig }: PanelDefinition, field: string): FieldProperties {
  const properties: { [id: string]: unknown } = { ...fieldConfig?.defaults };
  const custom: { [id: string]: unknown } = { ...fieldConfig?.defaults?.custom };
  for (const { matcher, properties: overriding } of fieldConfig?.overrides ?? []) {
    if (matcher.id !== 'byName' || matcher.options !== field) continue;
    for (const { id, value } of overriding) {
      if (id.startsWith('custom.')) custom[id.slice('custom.'.length)] = value;
      else properties[id] = value;
    }
  }
  return { ...properties, custom };
}

/** What a field is called: its display name, with the labels of its line put in. */
export function displayName(panel: PanelDefinition, field: string, labels: { readonly [name: string]: string } = {}): string {
  const { displayName: pattern } = fieldProperties(panel, field);
  if (pattern === undefined) return [field, ...Object.values(labels)].join(' ');
  return pattern.replace(/\$\{__field\.labels\.(\w+)\}/g, (_, label: string) => labels[label] ?? '');
}
