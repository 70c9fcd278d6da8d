import { valueColor, type Theme } from './colors';
import { formatValue, timeText } from './format-value';
import type { Frame, FrameField, FrameValue } from './frame';
import { displayName, fieldProperties, type FieldProperties, type PanelDefinition } from './panel-definition';
import { statValues } from './stat-values';

export interface PanelLook {
  readonly panel: PanelDefinition;
  readonly frame: Frame;
  readonly theme: Theme;
  readonly now: number;
}

/** Panels that are no charts, as HTML. Undefined for a kind that is not known here. */
export function panelHtml(look: PanelLook): string | undefined {
  const { panel, frame } = look;
  if (frame.rows.length === 0) return `<p class="empty">${escaped(panel.fieldConfig?.defaults?.noValue || 'No rows')}</p>`;
  switch (panel.type) {
    case 'stat': return figures(look);
    case 'bargauge': return barGauge(look);
    case 'table': return tableHtml(look);
    default: return undefined;
  }
}

/** The values of any panel as a table, for whoever cannot see or read a chart. */
export function tableHtml({ panel, frame: { fields, rows }, theme, now }: PanelLook): string {
  const properties = fields.map(({ name }) => fieldProperties(panel, name));
  const head = fields.map((field, index) => `<th scope="col"${numeric(field, properties[index])}>${escaped(displayName(panel, field.name))}</th>`).join('');
  const body = rows.map(row => `<tr>${row.map((value, index) => cell(value, fields[index], properties[index], theme, now)).join('')}</tr>`).join('');
  return `<div class="scroll" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

function figures({ panel, frame, theme, now }: PanelLook): string {
  const values = statValues(panel, frame, theme, now);
  const named = panel.options?.textMode === 'value_and_name' || values.length > 1;
  return `<div class="figures">${values.map(({ name, text, color, change }) => `<div class="figure">${named ? `<span>${escaped(name)}</span>` : ''}`
    + `<b style="color:${color}">${escaped(text)}</b>${change === undefined ? '' : `<span>${escaped(change)}${values.length > 1 ? '' : ' against the period before'}</span>`}</div>`).join('')}</div>`;
}

function barGauge({ panel, frame, theme, now }: PanelLook): string {
  const values = statValues(panel, frame, theme, now);
  const greatest = Math.max(1, ...values.map(({ value }) => value ?? 0));
  return `<div class="scroll" tabindex="0"><div class="bars">${values.map(({ name, value, text, color }) => `<span>${escaped(name)}</span>`
    + `<span class="track" aria-hidden="true"><i style="width:${Math.max(0, (value ?? 0) / greatest * 100).toFixed(1)}%;background:${color}"></i></span>`
    + `<b style="color:${color}">${escaped(text)}</b>`).join('')}</div></div>`;
}

function cell(value: FrameValue, field: FrameField, properties: FieldProperties, theme: Theme, now: number): string {
  const text = field.type === 'time' && typeof value === 'number' && properties.unit === undefined ? timeText(value) : formatValue(value, properties, now);
  const color = valueColor(value, properties, theme);
  switch (properties.custom?.cellOptions?.type) {
    case 'color-background': return `<td><span class="tag" style="background:${color}">${escaped(text)}</span></td>`;
    case 'color-text': return `<td${numeric(field, properties)} style="color:${color}">${escaped(text)}</td>`;
    default: return `<td${numeric(field, properties)}>${escaped(text)}</td>`;
  }
}

function numeric({ type }: FrameField, { unit = '' }: FieldProperties): string {
  return type === 'number' && !unit.startsWith('dateTime') ? ' class="number"' : '';
}
