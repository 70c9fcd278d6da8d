import { PassThrough } from 'node:stream';
import { ConsoleObserver } from '../../../lambda-src/local/console/console-observer';

function terminal(): NodeJS.WriteStream {
  return Object.assign(new PassThrough(), { isTTY: true, columns: 120, rows: 40 }) as unknown as NodeJS.WriteStream;
}

describe('progress on a terminal', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test('keeps no process alive once it is closed, though a step has not ended', () => {
    const observer = new ConsoleObserver(terminal());
    observer.begin('Gold', 10).advance(3);
    expect(jest.getTimerCount()).toBe(1);
    observer.close();
    expect(jest.getTimerCount()).toBe(0);
  });

  test('may be closed after the last step', () => {
    const observer = new ConsoleObserver(terminal());
    observer.begin('Gold', 10).end('done');
    observer.close();
    expect(jest.getTimerCount()).toBe(0);
  });
});
