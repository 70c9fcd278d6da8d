import { removals, forgetfulAthena } from './simulation/removals';
import { findViolation, type Finding, type Setting } from './simulation/simulation';

const SCHEDULES = Number(process.env.JOURNAL_SCHEDULES ?? 1000);

/** A rare violation takes a few thousand schedules to find; each search begins a little before one that is known. */
const PATIENCE = 20_000;
const HARM = /committed on|both committed|while .* may still change the table|goes back|has never committed/;

jest.setTimeout(300_000);

describe('the journal among crashes, pauses, lost and late answers', () => {
  test(`keeps every promise in ${SCHEDULES} schedules, and finishes once nothing goes wrong any more`, async () => {
    const finding = await findViolation({}, 1, SCHEDULES);
    expect(finding && told(finding)).toBeUndefined();
  });

  test('plays the same schedule for the same seed', async () => {
    const first = await findViolation(removals.adoptingWhatIsRecorded, 1, 100);
    const second = await findViolation(removals.adoptingWhatIsRecorded, 1, 100);
    expect(first!.trace.length).toBeGreaterThan(10);
    expect(second!.trace.length).toBe(first!.trace.length);
    expect([second!.seed, second!.violation.message]).toEqual([first!.seed, first!.violation.message]);
  });
});

describe('each rule of the journal is needed: harm is found without', () => {
  test.each<[rule: string, without: Setting, harm: RegExp, from: number]>([
    ['recording before submitting', removals.recordingBeforeSubmitting, HARM, 170],
    ['adopting what is recorded', removals.adoptingWhatIsRecorded, HARM, 1],
    ['keeping the slots when parking', removals.keepingSlotsWhenParking, HARM, 1],
    ['conditional writes', removals.conditionalWrites, HARM, 1],
    ['reading again after a write without an answer', removals.readingAgainAfterSilence, HARM, 740],
    ['waiting for the end of a statement', removals.waitingForTheEnd, /both committed/, 1],
    ['the same token until there is an answer', removals.sameTokenUntilAnswered, HARM, 70],
    ['a new token for each attempt', removals.newTokenForEachAttempt, /has never committed/, 1],
    ['a signature with a fixed date', removals.signatureWithAFixedDate, /committed on/, 130],
    ['a signature dated before the write', removals.signatureBeforeTheWrite, /committed on/, 130],
    ['an age after which nothing is submitted again', removals.ageLimitForSubmittingAgain, /committed on/, 3120],
    ['waiting until a statement cannot run any more', removals.ageLimitForDropping, HARM, 320],
    ['waiting longer for OPTIMIZE', removals.ageLimitForDroppingOptimize, HARM, 610],
    ['an engine that remembers tokens long enough', forgetfulAthena, HARM, 320],
  ])('%s', async (_rule, without, harm, from) => {
    const finding = await findViolation(without, from, PATIENCE, harm);
    expect(finding?.violation.message).toMatch(harm);
  });
});

function told({ seed, violation, trace }: Finding): string {
  return [`seed ${seed}: ${violation.message}`, ...trace.slice(-100)].join('\n');
}
