import { SubmissionDeniedError, SubmissionRefusedError, type QueryEngine } from '../../lambda-src/ports/query-engine';
import { LocalLake } from '../helpers/local-lake';
import { shopSpec } from '../helpers/shop-spec';

let lake: LocalLake;
beforeEach(async () => { lake = await LocalLake.empty(shopSpec()); });
afterEach(() => lake.close());

const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });

/** The engine, in front of which somebody answers first; undefined lets the call through. */
function behind(answers: { [what in 'send' | 'status']?: (count: number) => Error | undefined }): { engine: QueryEngine; tokens: string[] } {
  const { engine } = lake;
  const tokens: string[] = [];
  const counts = { send: 0, status: 0 };
  const answered = (what: 'send' | 'status') => {
    const error = answers[what]?.(++counts[what]);
    if (error) throw error;
  };
  return {
    tokens,
    engine: {
      prepare: statement => engine.prepare(statement),
      sign: async (request, token) => {
        const submission = await engine.sign(request, token);
        return {
          send: async () => {
            tokens.push(token);
            answered('send');
            return submission.send();
          },
        };
      },
      status: async id => {
        answered('status');
        return engine.status(id);
      },
      query: query => engine.query(query),
      describe: table => engine.describe(table),
    },
  };
}

const tables = async () => (await lake.rows('SELECT count(*) AS n FROM duckdb_tables()'))[0].n;

test('a deploy waits where Athena asks it to be slow, and sends each statement under its one token', async () => {
  const atFirst = (count: number) => count <= 9 ? throttled : undefined;
  const { engine, tokens } = behind({ send: atFirst, status: atFirst });
  await lake.deploy(lake.spec, { engine });
  expect(await tables()).toBe('6');
  expect(tokens.length).toBeGreaterThan(new Set(tokens).size);
});

test('rights that the same deploy gives may take some seconds to be known', async () => {
  const { engine } = behind({ send: count => count <= 5 ? new SubmissionDeniedError('not authorized') : undefined });
  await lake.deploy(lake.spec, { engine });
  expect(await tables()).toBe('6');
});

test('what Athena never answers fails the deploy in the end', async () => {
  const { engine } = behind({ status: () => throttled });
  await expect(lake.deploy(lake.spec, { engine })).rejects.toThrow('Rate exceeded');
});

test('what Athena refuses fails it at once', async () => {
  const { engine, tokens } = behind({ send: () => new SubmissionRefusedError('mismatched input') });
  await expect(lake.deploy(lake.spec, { engine })).rejects.toThrow('mismatched input');
  expect(tokens.length).toBe(new Set(tokens).size);
});

test('no more than a few statements run at once, however many tables there are', async () => {
  const { gold } = shopSpec();
  const many = { ...shopSpec(), gold: Object.fromEntries([...Array(20).keys()].map(index => [`sales_${index}`, gold.sales])) };
  let running = 0;
  let most = 0;
  const { engine } = behind({});
  const counting: QueryEngine = {
    ...engine,
    sign: async (request, token) => {
      most = Math.max(most, ++running);
      return engine.sign(request, token);
    },
    status: async id => {
      const status = await engine.status(id);
      if (status.state !== 'running') running--;
      return status;
    },
  };
  lake.engine.use(many);
  await lake.deploy(many, { engine: counting });
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(8);
});
