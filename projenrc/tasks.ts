import type { awscdk } from 'projen';

/** Tasks of projen that this project does not use. */
const UNUSED = ['clobber', 'compat', 'eject', 'package-all', 'package:js', 'pre-compile', 'post-compile', 'test:watch', 'watch'];

/** What `npm run <task>` does. */
export function configureTasks(project: awscdk.AwsCdkConstructLibrary): void {
  project.defaultTask!.reset('tsx .projenrc.ts');

  const bundle = project.addTask('bundle', {
    description: 'Bundle the handlers, the expression parser and the command line into assets/',
    exec: 'tsx projenrc/bundle.ts',
  });
  const typecheck = project.addTask('typecheck', {
    description: 'Check the types of everything',
    exec: 'tsc --noEmit -p tsconfig.dev.json',
  });
  const eslint = project.tasks.tryFind('eslint')!;
  const docgen = project.tasks.tryFind('docgen')!;

  project.testTask.reset();
  project.testTask.spawn(bundle);
  project.testTask.exec(`concurrently --group "projen ${typecheck.name}" "projen ${eslint.name}"`); // each has one thread
  project.testTask.exec('jest --ci --passWithNoTests', { receiveArgs: true });
  project.tasks.tryFind('test:update')!.prependSpawn(bundle);

  project.addTask('example', {
    description: 'Run the bundled example on this machine, without an AWS account',
    steps: [{ spawn: bundle.name }, { exec: 'tsx examples/ecommerce/run.ts', receiveArgs: true }],
  });
  project.addTask('test:browser', {
    description: 'Open the local dashboards in Chromium (Debian: apt-get install chromium, or CHROMIUM_PATH)',
    steps: [{ spawn: bundle.name }, { exec: 'jest -c test/browser/jest.config.json --ci', receiveArgs: true }],
  });
  project.addTask('test:packaging', {
    description: 'Use the packed library as a stranger would: synth, README, other languages (after build)',
    exec: 'tsx test/packaging/run.ts',
  });
  project.addTask('test:engines', {
    description: 'Use the library from Python, Java and Go; run the pipeline on Trino, Iceberg and an AWS emulator with IAM enforced. Installs them from npm, PyPI, Maven Central and the Go proxy',
    steps: [{ spawn: bundle.name }, { exec: 'node --import tsx test/engines/run.ts', receiveArgs: true }],
  });

  project.addTask('test:aws', {
    description: 'Deploy the example into the AWS account of the current credentials, compare its tables, and destroy it',
    steps: [{ spawn: bundle.name }, { exec: 'node --import tsx test/engines/aws.ts', receiveArgs: true }],
  });

  // Unlike projen's own: all warnings are shown, jsii renames silently otherwise.
  project.compileTask.reset('jsii');
  project.packageTask.reset('mkdir -p dist/js && rm -f dist/js/*.tgz && npm pack --silent --pack-destination dist/js');

  // projen locks `build`; ours neither rewrites the project files nor repeats the tests.
  const steps = [bundle, project.compileTask, docgen, project.packageTask].map((task) => ({ spawn: task.name }));
  project.tryFindObjectFile('.projen/tasks.json')!.addOverride('tasks.build.steps', steps);

  for (const name of UNUSED) {
    project.tryFindObjectFile('.projen/tasks.json')!.addDeletionOverride(`tasks.${name}`);
    project.removeScript(name);
  }
}
