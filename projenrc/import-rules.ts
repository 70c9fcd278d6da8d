import type { javascript } from 'projen';

type Rules = Record<string, unknown>;

/** `x.lambda.ts` is a handler: the entry of a bundle, not a module. */
const HANDLERS = { group: ['**/*.lambda', '**/*.lambda.ts'], message: 'A handler is an entry point; import the core beside it.' };
const CDK = {
  group: ['aws-cdk-lib', 'aws-cdk-lib/*', 'aws-cdk-lib/**', 'constructs', 'cdk-nag'],
  message: 'Handlers run without the CDK.',
};

/** The folders of lambda-src that know ports only; their `*.lambda.ts` files wire the adapters in. */
const CORE = './lambda-src/{bronze,backfill,redrive,operations,silver,gold,maintenance,schema,state,rebuild,journal,sql,ports}';

const ZONES = [
  ...['./lambda-src', './test', './examples', './projenrc'].map((from) => ({
    target: './src',
    from,
    message: 'src is what users import: it knows only itself.',
  })),
  {
    target: './lambda-src',
    from: './src',
    except: ['./spec', './expression', './spec.ts', './expression.ts'],
    message: 'Handlers know the spec and the expressions, not the constructs.',
  },
  ...['./test', './examples', './projenrc'].map((from) => ({ target: './lambda-src', from, message: 'Product code does not import this.' })),
  ...['./lambda-src/aws', './lambda-src/local', './lambda-src/cli'].map((from) => ({
    target: `${CORE}/**/!(*.lambda).ts`,
    from,
    message: 'The core knows the ports, not the adapters; wire them in the *.lambda.ts file.',
  })),
];

const everywhere: Rules = {
  'import/no-default-export': ['error'],
  'import/no-restricted-paths': ['error', { basePath: '.', zones: ZONES }],
  'no-restricted-imports': ['error', { patterns: [HANDLERS] }],
  'import/order': ['warn', {
    groups: ['builtin', 'external', 'parent', ['sibling', 'index']],
    alphabetize: { order: 'asc', caseInsensitive: true },
  }],
  '@typescript-eslint/no-explicit-any': ['error'],
  'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
  '@stylistic/max-len': ['error', {
    code: 140,
    ignoreUrls: true,
    ignoreStrings: true,
    ignoreTemplateLiterals: true,
    ignoreRegExpLiterals: true,
  }],
};

const overrides: javascript.EslintOverride[] = [
  { files: ['src/**/*.ts', 'lambda-src/**/*.ts'], rules: { 'no-console': ['error'] } },
  { files: ['lambda-src/local/**/*.ts'], rules: { 'no-console': 'off' } },
  { files: ['lambda-src/**/*.ts'], rules: { 'no-restricted-imports': ['error', { patterns: [HANDLERS, CDK] }] } },
  { files: ['test/**/*.ts'], rules: { 'no-restricted-imports': 'off' } },
];

export const importRules = { everywhere, overrides };
