import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

// Validating every template costs 2-3 s a process; the synth in test/packaging runs with validation on.
process.env.CDK_VALIDATION ??= 'false';

// Each app would stage all assets in a folder of its own and leave it behind.
const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-tests-'));
process.env.CDK_OUTDIR = outdir;
afterAll(() => fs.rmSync(outdir, { recursive: true, force: true }));
