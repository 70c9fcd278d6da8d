import { SingleBar } from 'cli-progress';
import type { RunObserver, Step } from '../run-observer';

const TITLE_WIDTH = 34;

/** Shows each step as a line once it has ended, and as a moving bar until then where the output is a terminal. */
export class ConsoleObserver implements RunObserver {
  private shown: SingleBar | undefined;

  public constructor(private readonly output: NodeJS.WriteStream) {}

  public begin(title: string, size: number): Step {
    const start = Date.now();
    const bar = this.output.isTTY ? this.bar(title, size) : undefined;
    this.shown = bar;
    return {
      advance: done => bar?.increment(done),
      end: summary => {
        bar?.stop();
        const seconds = `${((Date.now() - start) / 1000).toFixed(2)} s`.padStart(9);
        this.output.write(`${seconds}  ${title.padEnd(TITLE_WIDTH)} ${summary}\n`);
      },
    };
  }

  /** Takes away what a step that failed has left; until then a bar keeps the process alive and the cursor hidden. */
  public close(): void {
    this.shown?.stop();
    this.shown = undefined;
  }

  private bar(title: string, size: number): SingleBar {
    const bar = new SingleBar({
      stream: this.output,
      format: `           ${title.padEnd(TITLE_WIDTH)} [{bar}] {value}/{total}`,
      barsize: 30,
      clearOnComplete: true,
      hideCursor: true,
    });
    bar.start(size, 0);
    return bar;
  }
}
