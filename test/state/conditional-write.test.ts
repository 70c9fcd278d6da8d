import { writeIf } from '../../lambda-src/state/conditional-write';
import { conflict, interrupted } from '../helpers/interrupted';
import { MemoryObjectStore } from '../helpers/memory-object-store';

const KEY = 'journal/x.json';

describe('a write under a condition', () => {
  test('tells the ETag of what it has written', async () => {
    const store = new MemoryObjectStore();
    expect(await writeIf({ kind: 'absent' }, store, KEY, 'mine')).toBe((await store.get(KEY))!.etag);
  });

  test('writes nothing where somebody else has written', async () => {
    const store = new MemoryObjectStore();
    await store.put(KEY, 'theirs');
    expect(await writeIf({ kind: 'absent' }, store, KEY, 'mine')).toBeUndefined();
    expect(new TextDecoder().decode((await store.get(KEY))!.body)).toBe('theirs');
  });

  test('takes a write of somebody else that is in flight for one that has been', async () => {
    expect(await writeIf({ kind: 'absent' }, interrupted(new MemoryObjectStore(), conflict), KEY, 'mine')).toBeUndefined();
  });

  test('hides no other failure', async () => {
    const denied = interrupted(new MemoryObjectStore(), () => Promise.reject(new Error('Access Denied')));
    await expect(writeIf({ kind: 'absent' }, denied, KEY, 'mine')).rejects.toThrow('Access Denied');
  });
});
