/** A DynamoDB value as streams and exports write it. Numbers are text, binaries base64. */
export type AttributeValue =
  | { readonly S: string } | { readonly N: string } | { readonly B: string } | { readonly BOOL: boolean } | { readonly NULL: boolean }
  | { readonly M: AttributeMap } | { readonly L: readonly AttributeValue[] }
  | { readonly SS: readonly string[] } | { readonly NS: readonly string[] } | { readonly BS: readonly string[] };

export interface AttributeMap {
  readonly [attribute: string]: AttributeValue;
}
