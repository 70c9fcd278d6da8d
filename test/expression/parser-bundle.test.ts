import * as fs from 'node:fs';
import * as path from 'node:path';
import { loadExpressionParser } from '../../src/expression/parser';

test('the parser ships as one file below 1.2 MB', () => {
  expect(fs.statSync(path.join(__dirname, '..', '..', 'assets', 'expression-parser', 'index.js')).size).toBeLessThan(1.2 * 1024 * 1024);
});

test('it is loaded once', () => {
  expect(loadExpressionParser()).toBe(loadExpressionParser());
});
