/** How several rows of a Gold table become the one figure that a panel shows. */
export enum PanelAggregate {
  /** Their sum. Refused for figures that do not add up: averages, numbers of different values, least and greatest values. */
  SUM = 'sum',
  /** The least. */
  MIN = 'min',
  /** The greatest. */
  MAX = 'max',
  /** Their mean, each row counted once however many items are behind it. */
  AVERAGE = 'average',
  /** The one with the latest time. Refused where several rows have one time. */
  LATEST = 'latest',
}
