import { reportText } from '../../../lambda-src/local/console/report-text';
import type { RunReport } from '../../../lambda-src/local/run-report';

const REPORT: RunReport = {
  rounds: [],
  metrics: [],
  heldBack: [{ table: 'beats', reason: 'quarantine:celsius', items: 93 }],
  conversionErrors: [],
  warnings: [],
  unmatched: [],
  rejected: [],
  withoutValue: [{ table: 'beats', columns: [{ name: 'city', attribute: 'City' }, { name: 'typo', attribute: 'typo' }], private: ['Emial'] }],
  seconds: 1,
};
const MADE_UP = 'made-up values do not know your rules; play real items with --events';

describe('a report', () => {
  test('of made-up values says so where a rule holds items back', () => {
    expect(reportText(REPORT, 'made-up')).toContain(`beats: 93 items quarantined by the rule celsius; see silver.beats_quarantine\n${MADE_UP}`);
    expect(reportText({ ...REPORT, heldBack: [{ table: 'beats', reason: 'deleted', items: 3 }] }, 'made-up')).not.toContain(MADE_UP);
    expect(reportText(REPORT, 'own')).not.toContain(MADE_UP);
  });

  test("of a user's own values names columns and private attributes that no item has", () => {
    expect(reportText(REPORT, 'own')).toContain('beats: no item has a value for city (attribute City), typo\n'
      + 'beats: no item has Emial, which privacy names; if that is misspelt, the attribute is kept as it is');
    expect(reportText(REPORT, 'made-up')).not.toContain('no item has');
    expect(reportText(REPORT)).not.toContain('no item has');
  });
});
