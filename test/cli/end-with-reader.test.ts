import { EventEmitter } from 'node:events';
import { endWithReader } from '../../lambda-src/cli/end-with-reader';

function fail(code: string): void {
  const output = new EventEmitter();
  endWithReader(output as NodeJS.WriteStream);
  output.emit('error', Object.assign(new Error(`write ${code}`), { code }));
}

afterEach(() => jest.restoreAllMocks());

test('the process ends when nobody reads its output any more', () => {
  const exit = jest.spyOn(process, 'exit').mockImplementation((() => undefined) as never);
  fail('EPIPE');
  expect(exit).toHaveBeenCalledWith();
});

test('whatever else is wrong with the output is told', () => {
  expect(() => fail('ENOSPC')).toThrow('write ENOSPC');
});
