import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { FileSystem, Stage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { SPEC_FILE } from '../spec/environment';
import { HANDLER_ASSETS, type Handler } from './handler-assets';

/** The folder in which the library keeps its bundled handlers, the same from `src` and from `lib`. */
const ASSETS = path.join(__dirname, '..', '..', 'assets');

/** A handler that is not in the package. */
export class MissingHandlerError extends Error {
  public readonly name = 'MissingHandlerError';
}

/** Changes when the handler's code or the spec does. */
export function handlerHash(handler: Handler, specJson: string): string {
  return createHash('sha256').update(FileSystem.fingerprint(bundleOf(handler))).update(specJson).digest('hex').slice(0, 16);
}

/** The asset of a bundled handler with the spec beside it. */
export function handlerCode(scope: Construct, handler: Handler, specJson: string): Code {
  const target = path.join(Stage.of(scope)!.assetOutdir, 'medallion', `${HANDLER_ASSETS[handler]}-${handlerHash(handler, specJson)}`);
  if (!fs.existsSync(target)) {
    fs.mkdirSync(path.dirname(target), { recursive: true });
    const building = fs.mkdtempSync(`${target}-`);
    // mkdtemp makes it private, and the zip would keep that.
    fs.chmodSync(building, 0o755);
    fs.cpSync(bundleOf(handler), building, { recursive: true });
    fs.writeFileSync(path.join(building, SPEC_FILE), specJson);
    moveWhole(building, target);
  }
  return Code.fromAsset(target);
}

/** In one step, so that nobody ever packs a half-written folder; who comes second finds the same content there. */
function moveWhole(from: string, to: string): void {
  try {
    fs.renameSync(from, to);
  } catch (error) {
    if (!fs.existsSync(to)) throw error;
    fs.rmSync(from, { recursive: true });
  }
}

function bundleOf(handler: Handler): string {
  const bundle = path.join(ASSETS, HANDLER_ASSETS[handler]);
  if (!fs.existsSync(path.join(bundle, `${handler}.js`))) {
    throw new MissingHandlerError(`the bundled handler ${handler} is missing in ${bundle}: install the package again, or in a checkout run "npm run bundle"`);
  }
  return bundle;
}
