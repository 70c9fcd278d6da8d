import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { deployment } from '../stack/connection';

/** The example as it stands; with a table whose key is declared too small; and that corrected, with more beside it. */
export type Variant = 'first' | 'mistaken' | 'grown';

/** What is written in place of a line of which file. */
interface Edits {
  readonly [file: string]: { readonly [place: string]: string };
}

const ROOT = path.join(__dirname, '..', '..', '..');
const EXAMPLE = path.join(ROOT, 'examples', 'ecommerce');

/** Their numbers have 13 digits, but for those of the first suppliers. */
const SUPPLIERS: Edits = {
  'app.ts': {
    "      orders: this.table('Orders', 'OrderID'),\n":
      "      orders: this.table('Orders', 'OrderID'),\n      suppliers: this.table('Suppliers', 'SupplierID', AttributeType.NUMBER),\n",
    '(id: string, key: string)': '(id: string, key: string, type = AttributeType.STRING)',
    'type: AttributeType.STRING }': 'type }',
  },
  'pipeline.ts': {
    '  readonly orders: ITable;\n': '  readonly orders: ITable;\n  readonly suppliers: ITable;\n',
    '{ customers, products, orders }': '{ customers, products, orders, suppliers }',
    '      orders_enriched: SilverTable.of': `      suppliers: SilverTable.of(Source.dynamoDb(suppliers), {
        key: ['supplier_id'],
        columns: { supplier_id: Column.integer('SupplierID'), name: Column.string('Name') },
      }),
      orders_enriched: SilverTable.of`,
  },
};

const GROWTH: Edits = {
  'pipeline.ts': {
    "Column.integer('SupplierID')": "Column.bigint('SupplierID')",
    "          email: Column.string('Email'),\n": "          email: Column.string('Email'),\n          contact: Column.string('Email'),\n",
    "Column.integer('StockLevel')": "Column.bigint('StockLevel')",
    '      key_metrics: GoldTable.metrics': `      orders_by_status: GoldTable.aggregate({
        silverTable: 'orders_enriched', groupBy: { status: 'status' }, measures: { order_count: Measure.count() },
      }),
      key_metrics: GoldTable.metrics`,
  },
};

const EDITS: { readonly [variant in Variant]: readonly Edits[] } = { first: [], mistaken: [SUPPLIERS], grown: [SUPPLIERS, GROWTH] };

/** The file of the app, written as the example's owner would change it. */
export function exampleApp(variant: Variant): string {
  if (variant === 'first') return path.join(EXAMPLE, 'app.ts');
  const folder = path.join(deployment().folder, `${variant}-example`);
  mkdirSync(folder);
  for (const file of readdirSync(EXAMPLE).filter(name => name.endsWith('.ts') && name !== 'run.ts')) {
    const text = readFileSync(path.join(EXAMPLE, file), 'utf8');
    const edited = EDITS[variant].reduce((former, edits) => changed(former, edits[file] ?? {}), text);
    writeFileSync(path.join(folder, file), fromElsewhere(edited));
  }
  return path.join(folder, 'app.ts');
}

function changed(text: string, edits: Edits[string]): string {
  return Object.entries(edits).reduce((edited, [place, what]) => {
    if (!edited.includes(place)) throw new Error(`the example has no line '${place}' any more: change where this test edits it`);
    return edited.replace(place, what);
  }, text);
}

/** The same module in another folder: what it imports stays where it is. */
function fromElsewhere(text: string): string {
  return text
    .replace(/from '\.\.\/\.\.\//g, `from '${ROOT}/`)
    .replace(/from '(aws-cdk-lib|constructs)/g, `from '${path.join(ROOT, 'node_modules')}/$1`);
}
