import { readFileSync } from 'node:fs';
import * as path from 'node:path';

const PAGE = readFileSync(path.join(__dirname, '..', '..', 'docs', 'languages.md'), 'utf8');

test.each([
  ['python', 'python/shop_stack.py'], ['java', 'java/src/main/java/shop/ShopStack.java'], ['go', 'go/shop_stack.go'],
])('docs/languages.md has the very %s that is compiled and run', (language, file) => {
  const [, block] = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(PAGE)!;
  expect(block).toBe(readFileSync(path.join(__dirname, file), 'utf8'));
});
