/**
 * How functions are called whose types are not stated here; what stands in brackets may be left out. Those that take any number of
 * arguments, or lambdas, are Athena's to check.
 *
 * @see https://trino.io/docs/current/functions/list.html
 */
const USAGES = `
  acos(number) array_distinct(array) array_except(array, other) array_max(array) array_min(array) array_position(array, element)
  array_remove(array, element) array_union(array, other) arrays_overlap(array, other) asin(number) at_timezone(timestamp, zone)
  atan(number) atan2(y, x) bitwise_and(number, other) bitwise_not(number) bitwise_or(number, other) bitwise_xor(number, other)
  cbrt(number) chr(number) codepoint(character) cos(number) cosh(number) crc32(binary) date_format(timestamp, format)
  date_parse(text, format) degrees(number) e() flatten(array) format_datetime(timestamp, format) from_base(text, radix)
  from_base64(text) from_base64url(text) from_hex(text) from_iso8601_date(text) from_iso8601_timestamp(text)
  from_unixtime(seconds[, zone or hours[, minutes]]) from_utf8(binary[, replacement]) great_circle_distance(latitude, longitude, latitude, longitude)
  hamming_distance(text, other) hmac_md5(binary, key) hmac_sha1(binary, key) hmac_sha256(binary, key) hmac_sha512(binary, key)
  infinity() is_finite(number) is_infinite(number) is_json_scalar(json) is_nan(number) json_array_contains(array, value)
  json_array_get(array, index) json_array_length(array) json_extract(json, path) json_format(json) json_parse(text) json_size(json, path)
  levenshtein_distance(text, other) log(base, number) log2(number) luhn_check(text) map_entries(map) map_keys(map) map_values(map)
  md5(binary) millisecond(timestamp) nan() parse_datetime(text, format) pi() radians(number) regexp_count(text, pattern)
  regexp_extract(text, pattern[, group]) regexp_extract_all(text, pattern[, group]) regexp_like(text, pattern)
  regexp_position(text, pattern[, start[, occurrence]]) regexp_replace(text, pattern[, replacement]) regexp_split(text, pattern)
  repeat(element, count) sequence(start, stop[, step]) sha1(binary) sha256(binary) sha512(binary) sin(number) sinh(number)
  slice(array, start, length) soundex(text) split(text, delimiter[, limit]) tan(number) tanh(number) to_base(number, radix)
  to_base64(binary) to_base64url(binary) to_iso8601(time) to_unixtime(timestamp) to_utf8(text) translate(text, from, to)
  truncate(number[, digits]) typeof(value) url_decode(text) url_encode(text) url_extract_fragment(url) url_extract_host(url)
  url_extract_parameter(url, name) url_extract_path(url) url_extract_port(url) url_extract_protocol(url) url_extract_query(url)
  with_timezone(timestamp, zone) word_stem(word[, language]) xxhash64(binary) year_of_week(date) yow(date)`;

interface ArgumentCounts {
  readonly usage: string;
  readonly least: number;
  readonly most: number;
}

const COUNTS: ReadonlyMap<string, ArgumentCounts> = new Map(
  [...USAGES.matchAll(/(\w+)\(([^)]*)\)/g)].map(([usage, name, parameters]) => {
    const [required] = parameters.split('[');
    return [name, { usage, least: count(required), most: count(parameters) }];
  }),
);

/** How a function is called that does not take so many arguments; undefined where it may. */
export function usageInstead(name: string, given: number): string | undefined {
  const counts = COUNTS.get(name);
  return counts && (given < counts.least || given > counts.most) ? counts.usage : undefined;
}

/** Functions whose number of arguments is checked. */
export const COUNTED_FUNCTIONS: readonly string[] = [...COUNTS.keys()];

function count(parameters: string): number {
  return parameters.split(',').filter(parameter => parameter.trim() !== '').length;
}
