import type { Change, ChangeRound } from '../../../lambda-src/local/source/simulated-source';

/** No 32-bit integer holds them. */
export const LONG_NUMBERS = ['4012345000016', '4012345000023', '4012345000030'];
const GONE = '4012345000047';

/** Suppliers come, one is renamed, one goes: nine changes, six of them of suppliers with long numbers. */
export function suppliers(): ChangeRound {
  const changes: Change[] = [...['1', '2', '3', ...LONG_NUMBERS, GONE].map(number => put(number)), put(LONG_NUMBERS[0], 'renamed'), {
    kind: 'delete', table: 'suppliers', key: { SupplierID: { N: GONE } },
  }];
  return { title: 'suppliers come', size: changes.length, changes: () => changes };
}

function put(number: string, name = `Supplier ${number}`): Change {
  return { kind: 'put', table: 'suppliers', item: { SupplierID: { N: number }, Name: { S: name } } };
}
