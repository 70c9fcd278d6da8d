/** Colours of Grafana's palette; each has a shade for the light theme and one for the dark. */
export enum PanelColor {
  GREEN = 'green',
  YELLOW = 'yellow',
  ORANGE = 'orange',
  RED = 'red',
  BLUE = 'blue',
  PURPLE = 'purple',
  /** That of plain text: neither good nor bad. */
  NEUTRAL = 'text',
}
