import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { assertProfile } from '../../lambda-src/aws/profiles';
import { temporaryFolder } from '../helpers/temporary-folder';

const folder = temporaryFolder();
const config = path.join(folder, 'config');
const credentials = path.join(folder, 'credentials');
const ENVIRONMENT = { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials };

beforeAll(() => {
  writeFileSync(config, '# [profile none]\n[default]\nregion = eu-west-1\n\n[profile shop]\nregion = eu-west-1\n[ profile "two words" ]\n[sso-session company]\n[bare]\n');
  writeFileSync(credentials, '[keys]\naws_access_key_id = x\n');
});

describe('a profile', () => {
  test.each(['default', 'shop', 'two words', 'keys'])('%s is in one of the files', profile => {
    expect(() => assertProfile(profile, ENVIRONMENT)).not.toThrow();
  });

  test.each([
    ['shpo2', `in ${config} or ${credentials}; there are: default, keys, shop, two words`],
    ['sho', "did you mean 'shop'?"],
    ['none', 'there are: '],
    ['company', 'there are: '],
    ['bare', 'there are: '],
  ])('%s is in none: the error names those there are', (profile, message) => {
    expect(() => assertProfile(profile, ENVIRONMENT)).toThrow(message);
  });

  test.each([['an empty variable', {}, '.aws/config'], ['a path from the home folder', { AWS_CONFIG_FILE: '~/mine' }, 'mine']])(
    'is found as the SDK finds it, with %s', (_, environment, file) => {
      mkdirSync(path.join(folder, '.aws'), { recursive: true });
      writeFileSync(path.join(folder, file), '[profile home]\n');
      expect(() => assertProfile('home', { HOME: folder, AWS_CONFIG_FILE: '', AWS_SHARED_CREDENTIALS_FILE: '', ...environment })).not.toThrow();
    },
  );

  test('is in none where there are no files', () => {
    const nowhere = { AWS_CONFIG_FILE: path.join(folder, 'no'), AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'nor') };
    expect(() => assertProfile('shop', nowhere)).toThrow(/there is no profile 'shop' .*; there is none$/);
  });
});
