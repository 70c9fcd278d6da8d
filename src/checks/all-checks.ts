import type { Check } from './check';
import { checkCollidingTables } from './colliding-tables';
import { checkColumnLimit } from './column-limit';
import { checkColumnTypes } from './column-types';
import { checkDashboards } from './dashboards';
import { checkEmptyTables } from './empty-tables';
import { checkEnrichmentColumns } from './enrichment-columns';
import { checkEnrichmentCycles } from './enrichment-cycles';
import { checkEnrichments } from './enrichments';
import { checkExpectations } from './expectations';
import { checkGoldAggregates } from './gold-aggregates';
import { checkGoldMetrics } from './gold-metrics';
import { checkGoldRefreshes } from './gold-refreshes';
import { checkGoldSnapshots } from './gold-snapshots';
import { checkGoldSources } from './gold-sources';
import { checkKeys } from './keys';
import { checkNames } from './names';
import { checkPartitions } from './partitions';
import { checkPrivacy } from './privacy';
import { checkRetention } from './retention';
import { checkSources } from './sources';
import { checkStreams } from './streams';
import { checkSystemNames } from './system-names';
import { checkTimeZones } from './time-zones';
import { checkWindows } from './windows';

/** In the order in which a reader would repair: names, then Silver, then Gold, then dashboards. */
export const ALL_CHECKS: readonly Check[] = [
  checkEmptyTables,
  checkNames,
  checkSystemNames,
  checkCollidingTables,
  checkSources,
  checkStreams,
  checkColumnTypes,
  checkKeys,
  checkPrivacy,
  checkEnrichments,
  checkEnrichmentColumns,
  checkEnrichmentCycles,
  checkColumnLimit,
  checkPartitions,
  checkExpectations,
  checkGoldSources,
  checkGoldAggregates,
  checkGoldSnapshots,
  checkGoldMetrics,
  checkGoldRefreshes,
  checkWindows,
  checkTimeZones,
  checkRetention,
  checkDashboards,
];
