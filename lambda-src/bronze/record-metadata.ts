import { isRecord } from './convert/attribute';

type Attributes = { readonly [attribute: string]: unknown };

/** A stream record, taken apart. */
export interface RecordParts {
  /** What says where and when, in the forms in which DynamoDB writes it. */
  readonly kept: { readonly [name: string]: unknown; readonly dynamodb: Attributes };
  /** Keys and images, as far as they are maps of attributes. */
  readonly images: { readonly [name: string]: Attributes };
  /** Names of what is neither: it may hold anything. */
  readonly withheld: readonly string[];
}

type Form = (value: unknown) => boolean;

const word = (form: RegExp): Form => value => typeof value === 'string' && form.test(value);
const number: Form = value => typeof value === 'number';

const OWN: { readonly [name: string]: Form } = {
  eventID: word(/^[\w.:/+=-]{1,128}$/),
  eventName: word(/^(INSERT|MODIFY|REMOVE)$/),
  eventVersion: word(/^[\d.]{1,10}$/),
  eventSource: word(/^aws:dynamodb$/),
  awsRegion: word(/^[a-z]{2}[a-z-]*-\d$/),
  eventSourceARN: word(/^arn:[a-z-]+:dynamodb:[a-z\d-]*:\d*:table\/[\w.-]+\/stream\/[\w:.-]+$/),
  userIdentity: value => isRecord(value) && Object.entries(value).every(([name, text]) =>
    (name === 'type' || name === 'principalId') && word(/^[\w.]{1,64}$/)(text)),
};

const CHANGE: { readonly [name: string]: Form } = {
  ApproximateCreationDateTime: number,
  SequenceNumber: word(/^\d{1,40}$/),
  SizeBytes: number,
  StreamViewType: word(/^[A-Z_]{1,32}$/),
};

const IMAGES = ['Keys', 'NewImage', 'OldImage'];

/** Takes a record apart of which nobody knows what it is. */
export function metadataOf(record: unknown): RecordParts {
  if (!isRecord(record)) return { kept: { dynamodb: {} }, images: {}, withheld: ['the record'] };
  const { dynamodb, ...own } = record;
  const change = isRecord(dynamodb) ? Object.entries(dynamodb) : [];
  const images = change.filter((part): part is [string, Attributes] => IMAGES.includes(part[0]) && isRecord(part[1]));
  const rest = change.filter(([name, value]) => !(IMAGES.includes(name) && isRecord(value)));
  const [ownKept, ownWithheld] = sifted(Object.entries(own), OWN);
  const [changeKept, changeWithheld] = sifted(rest, CHANGE);
  return {
    kept: { ...ownKept, dynamodb: changeKept },
    images: Object.fromEntries(images),
    withheld: [
      ...ownWithheld,
      ...changeWithheld.map(name => `dynamodb.${name}`),
      ...dynamodb === undefined || isRecord(dynamodb) ? [] : ['dynamodb'],
    ],
  };
}

/** What has a known name and its form; of the others, names that are known. */
function sifted(entries: readonly (readonly [string, unknown])[], forms: { readonly [name: string]: Form }): [Attributes, string[]] {
  const fits = ([name, value]: readonly [string, unknown]): boolean => Object.hasOwn(forms, name) && forms[name](value);
  const known = (name: string): boolean => Object.hasOwn(forms, name) || IMAGES.includes(name);
  const unfit = entries.filter(entry => !fits(entry) && entry[1] !== undefined);
  const names = unfit.map(([name]) => known(name) ? name : 'a part of another name');
  return [Object.fromEntries(entries.filter(fits)), [...new Set(names)]];
}
