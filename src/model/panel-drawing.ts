/** How a time series is drawn. */
export enum PanelDrawing {
  /** A line for each figure. */
  LINES = 'lines',
  /** Lines with the area below them. */
  AREA = 'area',
  /** A bar for each time. */
  BARS = 'bars',
  /** Areas on top of each other, for figures that add up to a whole. */
  STACKED_AREA = 'stacked-area',
  /** Bars on top of each other, for figures that add up to a whole. */
  STACKED_BARS = 'stacked-bars',
}

/** What a total is shown with. */
export enum TotalBeside {
  /** The change against the period before, as a percentage. */
  PREVIOUS_PERIOD = 'previous-period',
  /** The figure's course over the period, as a small line. */
  SPARKLINE = 'sparkline',
  /** The figure alone. */
  NOTHING = 'nothing',
}

/** The direction in which rows are sorted. */
export enum PanelOrder {
  /** Least first. */
  ASCENDING = 'ascending',
  /** Greatest first. */
  DESCENDING = 'descending',
}
