import { compilePattern, TimestampPatternError } from '../../src/spec/timestamp-pattern';

describe('a timestamp pattern', () => {
  test('becomes the pieces of its texts in their order', () => {
    expect(compilePattern('dd.MM.yyyy \'at\' HH:mm:ss.SSSXXX')).toEqual([
      { kind: 'day', digits: 2 }, { kind: 'literal', text: '.' }, { kind: 'month', digits: 2 }, { kind: 'literal', text: '.' },
      { kind: 'year', digits: 4 }, { kind: 'literal', text: ' ' }, { kind: 'literal', text: 'at' }, { kind: 'literal', text: ' ' },
      { kind: 'hour', digits: 2 }, { kind: 'literal', text: ':' }, { kind: 'minute', digits: 2 }, { kind: 'literal', text: ':' },
      { kind: 'second', digits: 2 }, { kind: 'literal', text: '.' }, { kind: 'fraction', digits: 3 }, { kind: 'offset' },
    ]);
  });

  test('quotes letters and quotes', () => {
    expect(compilePattern('yyyyMMdd\'o\'\'clock\'').at(-1)).toEqual({ kind: 'literal', text: 'o\'clock' });
    expect(compilePattern('yyyyMMdd\'\'').at(-1)).toEqual({ kind: 'literal', text: '\'' });
  });

  test.each([
    ['YYYY-MM-dd', 1, /"YYYY" means nothing; known are yyyy MM dd/],
    ['yyyy-MM-ddThh:mm', 11, /"T" means nothing.*quote other letters/],
    ['yyyy-MM-dd hh:mm', 12, /"hh" means nothing/],
    ['yyyy-M-dd', 6, /"M" means nothing/],
    ['yyyy-MM-dd SSSSSSSSSS', 12, /"SSSSSSSSSS" means nothing/],
    ['yyyy-MM-dd toString', 12, /"t" means nothing/],
    ['yyyy-MM-dd \'T', 12, /the quote is never closed/],
    ['yyyy-MM-dd dd', 12, /the day stands there twice/],
    ['HH:mm:ss', 9, /a timestamp needs its year, month, day/],
    ['', 1, /a timestamp needs its year, month, day/],
  ])('%j is refused at position %i', (pattern, position, problem) => {
    const compile = (): unknown => compilePattern(pattern);
    expect(compile).toThrow(TimestampPatternError);
    expect(compile).toThrow(problem);
    expect(compile).toThrow(expect.objectContaining({ position }));
  });
});
