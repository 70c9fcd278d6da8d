import { failedBatches } from '../../lambda-src/silver/failed-batches';
import { MemoryObjectStore } from '../helpers/memory-object-store';

test('counts what Lambda has put below its prefix, and nothing that is filed as done', async () => {
  const store = new MemoryObjectStore();
  expect(await failedBatches(store)).toBe(0);
  for (const key of ['aws/lambda/m/shard/2026/01/31/a', 'aws/lambda/m/shard/2026/01/31/b', 'done/aws/lambda/m/shard/2026/01/31/c']) await store.put(key, '{}');
  expect(await failedBatches(store)).toBe(2);
});

test('stops at a thousand', async () => {
  const store = new MemoryObjectStore();
  for (let i = 0; i < 1005; i++) await store.put(`aws/lambda/${i}`, '{}');
  expect(await failedBatches(store)).toBe(1000);
});

test('leaves it open where the store gives no answer', async () => {
  const store = new MemoryObjectStore();
  store.list = () => { throw new Error('no answer'); };
  expect(await failedBatches(store)).toBeUndefined();
});
