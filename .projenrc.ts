import { awscdk, javascript, ProjenrcFile, typescript } from 'projen';
import { importRules } from './projenrc/import-rules';
import { targets } from './projenrc/targets';
import { configureTasks } from './projenrc/tasks';

const name = 'cdk-medallion-analytics';

/** Tells the generated files which file they come from. */
class Projenrc extends ProjenrcFile {
  public readonly filePath = '.projenrc.ts';
}

const project = new awscdk.AwsCdkConstructLibrary({
  name,
  description: 'A medallion lakehouse for DynamoDB: streams to Bronze Parquet, Silver and Gold Iceberg tables, Grafana dashboards',
  author: `${name} maintainers`,
  authorAddress: `https://github.com/${name}`,
  authorOrganization: true,
  repositoryUrl: `https://github.com/${name}/${name}`,
  license: 'Apache-2.0',
  keywords: ['cdk', 'awscdk', 'dynamodb', 'iceberg', 'athena', 'medallion', 'lakehouse', 'grafana', 'analytics', 'cdc'],
  stability: 'experimental',
  defaultReleaseBranch: 'main',

  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  typescriptVersion: '~6.0.3',
  jsiiVersion: '~6.0.16',
  cdkVersion: '2.269.0',
  constructsVersion: '10.5.1',
  projenVersion: '^0.103.25',
  // What the package needs at run time is bundled into assets/: no dependencies but the peers.
  devDeps: [
    '@aws-lambda-powertools/logger@^2.36.0',
    '@aws-lambda-powertools/metrics@^2.36.0',
    '@aws-sdk/client-athena@^3.1164.0',
    '@aws-sdk/client-dynamodb@^3.1164.0',
    '@aws-sdk/client-eventbridge@^3.1164.0',
    '@aws-sdk/client-glue@^3.1164.0',
    '@aws-sdk/client-lambda@^3.1164.0',
    '@aws-sdk/client-s3@^3.1164.0',
    '@aws-sdk/client-scheduler@^3.1164.0',
    '@aws-sdk/client-secrets-manager@^3.1164.0',
    '@aws-sdk/client-sfn@^3.1164.0',
    '@aws-sdk/client-ssm@^3.1164.0',
    '@aws-sdk/client-sts@^3.1164.0',
    '@grafana/data@13.2.3',
    '@grafana/schema@13.2.3',
    '@duckdb/node-api@1.5.5-r.5', // with @swc/core the newest published for all systems, which `npm ci` insists on
    '@smithy/signature-v4@^5.7.5',
    '@swc/core@1.16.18',
    '@swc/jest@^0.2.39',
    '@types/aws-lambda@^8.10.164',
    '@types/cli-progress@^3.11.6',
    '@types/luxon@^3.7.6',
    '@types/node@^20',
    'ajv@^8.20.0',
    'apache-arrow@^21.2.0',
    'aws-cdk@^2.1148.1', // 3.x refuses the assembly schema of current aws-cdk-lib
    'cdk-nag@^3.0.2',
    'cli-progress@^3.12.0',
    'cli-table3@^0.6.5',
    'commander@^14', // 15 needs Node 22
    'concurrently@^9.2.5', // 10 needs Node 22
    'axe-core@^4.10.0',
    'dt-sql-parser@^4.5.1',
    'echarts@^6.1.0',
    'esbuild@^0.28.2',
    'fast-check@^4.10.2',
    'hyparquet-compressors@^1.1.2',
    'hyparquet@^1.31.5',
    'jsii-pacmak@^1.140.0',
    'luxon@^3.7.2',
    'parquet-wasm@^0.8.0',
    'playwright-core@^1.60.0',
    'ts-json-schema-generator@2.4.0', // later ones need Node 22
    'tsx@^4.23.15',
    'yaml@^2.9.1',
  ],
  bin: { [name]: `bin/${name}` },

  npmignoreEnabled: false, // `files` says what is shipped
  // jsii writes its own tsconfig.json while it compiles; everything else reads tsconfig.dev.json.
  disableTsconfig: true,
  tsconfigDev: {
    compilerOptions: {
      target: 'ES2022',
      lib: ['es2022'],
      module: 'node20',
      rootDir: '.',
      strict: true,
      noUncheckedIndexedAccess: false,
      skipLibCheck: true,
      isolatedModules: true,
      noEmit: true,
    },
    include: ['lambda-src/**/*.ts', 'examples/**/*.ts', 'projenrc/**/*.ts', '.projenrc.ts'],
    // what a failed or interrupted run of the packaging test may leave
    exclude: ['node_modules', 'dist', 'assets', '**/cdk.out'],
  },
  runner: typescript.TypeScriptRunner.tsx(),
  projenrcTs: false,
  projenrcJs: false,

  eslintOptions: {
    dirs: ['src'],
    devdirs: ['lambda-src', 'test', 'examples', 'projenrc', '.projenrc.ts'],
    projectService: false,
    tsconfigPath: './tsconfig.dev.json',
    commandOptions: { fix: false },
    ignorePatterns: ['*.js', '*.d.ts', 'node_modules/', 'assets/', 'lib/', 'dist/', 'coverage/', 'cdk.out/', '!.projenrc.ts'],
  },
  jestOptions: {
    jestVersion: '^30',
    configFilePath: 'jest.config.json',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    jestConfig: {
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/'],
      modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/lib/', '<rootDir>/cdk.out/'],
      setupFilesAfterEnv: ['<rootDir>/projenrc/jest-setup.ts'],
      transformIgnorePatterns: ['/node_modules/(?!(hyparquet|hyparquet-compressors|hysnappy|fzstd|echarts|zrender)/)', '<rootDir>/assets/'],
      collectCoverage: false,
      maxWorkers: 2,
      testTimeout: 60_000,
    },
  },

  docgen: true,
  github: false,
  buildWorkflow: false,
  release: false,
  releaseToNpm: false,
  depsUpgrade: false,
  sampleCode: false,
  lambdaAutoDiscover: false,
  edgeLambdaAutoDiscover: false,
  singletonLambdaAutoDiscover: false,
  lambdaExtensionAutoDiscover: false,
  integrationTestAutoDiscover: false,
});

new Projenrc(project);

project.package.addField('jsii', {
  outdir: 'dist',
  targets,
  tsc: { outDir: 'lib', rootDir: 'src' },
});

// 1.13 is published without its bindings for other systems, which breaks `npm ci`.
project.package.addPackageResolutions('unrs-resolver@1.12.2');
// apache-arrow asks for the types of a newer Node.
project.package.addPackageResolutions('@types/node@^20');

project.gitignore.exclude('/assets/', '/cdk.out/', '/examples/**/cdk.out/', '/.medallion/', '__pycache__/', '*.tgz', '*.tsbuildinfo', '.DS_Store');
project.gitignore.include('/package-lock.json');

// What is shipped, instead of what is not: a file that is new or left over stays out.
project.package.addField('files', ['lib/**/*.js', 'lib/**/*.d.ts', 'assets', 'bin', 'API.md', '.jsii']);

// Else `--fix` lints its second pass in a program that knows no paths, and TypeScript throws.
project.eslint!.config.parserOptions.disallowAutomaticSingleRunInference = true;
project.eslint!.allowDevDeps('**/.projenrc.ts');
project.eslint!.addRules(importRules.everywhere);
for (const override of importRules.overrides) project.eslint!.addOverride(override);

// Half the time of ts-jest from a cold cache; `npm run typecheck` checks the types.
project.jest!.config.transform = {
  '^.+\\.[jt]s$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true } } }],
};
project.deps.removeDependency('ts-jest');
// projen adds its own patterns.
project.jest!.file!.addOverride('testMatch', ['<rootDir>/test/**/*.test.ts']);

project.deps.removeDependency('jsii-diff');
configureTasks(project);

project.synth();
