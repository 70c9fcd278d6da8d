/** A value as a JSON file holds it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A member that is undefined is not written. */
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}
