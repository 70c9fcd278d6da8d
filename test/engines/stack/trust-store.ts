import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { runTool } from '../install/run-tool';

const PASSWORD = 'changeit';

/** Options of a JVM that trusts that certificate, which it takes from no PEM file: from a store, made once in that file. */
export async function trusting(certificate: string, java: string, store: string): Promise<string[]> {
  if (!existsSync(store)) {
    await runTool(path.join(java, 'bin', 'keytool'), [
      '-importcert', '-noprompt', '-alias', 'emulator', '-file', certificate, '-keystore', store, '-storetype', 'JKS', '-storepass', PASSWORD,
    ]);
  }
  return [`-Djavax.net.ssl.trustStore=${store}`, `-Djavax.net.ssl.trustStorePassword=${PASSWORD}`];
}
