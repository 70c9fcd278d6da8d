import { createHash } from 'node:crypto';
import { readExportManifest } from '../../lambda-src/backfill/export-manifest';
import { MemoryObjectStore } from '../helpers/memory-object-store';

const FOLDER = 'exports/orders/AWSDynamoDB/01693685827463-2d8752fd';
const FILES = `${JSON.stringify({ itemCount: 8, md5Checksum: 'sQMSpEILNgoQmarvDFonGQ==', etag: 'af83-1', dataFileS3Key: `${FOLDER}/data/a.json.gz` })}\n`;
const SUMMARY = JSON.stringify({
  exportArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/Orders/export/01693685827463-2d8752fd',
  exportTime: '2026-03-28T20:00:00.000Z',
  manifestFilesS3Key: `${FOLDER}/manifest-files.json`,
  itemCount: 8,
  outputFormat: 'DYNAMODB_JSON',
});

describe('the manifest of an export', () => {
  let store: MemoryObjectStore;
  beforeEach(() => store = new MemoryObjectStore());

  const write = async (name: string, text: string, ending: string | undefined, checked = text): Promise<void> => {
    await store.put(`${FOLDER}/${name}.json`, text);
    if (ending) await store.put(`${FOLDER}/${name}.${ending}`, createHash('md5').update(checked).digest('base64'));
  };
  const read = () => readExportManifest(store, `${FOLDER}/manifest-summary.json`);

  test.each(['md5', 'checksum'])('is held against its checksum, which may be called .%s', async ending => {
    await write('manifest-files', FILES, ending);
    await write('manifest-summary', SUMMARY, ending);
    expect(await read()).toMatchObject({ exportId: '01693685827463-2d8752fd', kind: 'full', itemCount: 8, files: [{ key: `${FOLDER}/data/a.json.gz`, itemCount: 8 }] });
    await write('manifest-files', FILES, ending, 'something else');
    await expect(read()).rejects.toThrow(`but ${FOLDER}/manifest-files.${ending} says`);
  });

  test('is not believed without one', async () => {
    await write('manifest-files', FILES, undefined);
    await write('manifest-summary', SUMMARY, 'md5');
    await expect(read()).rejects.toThrow(/manifest-files\.md5.*is missing/);
  });
});
