/**
 * Trino's scalar functions by name, as its documentation lists them for the version that Athena runs. Those whose types are stated
 * beside this file are part of the list. Left out: aggregates, window functions, and what a plug-in adds (`to_date`, `to_char`).
 */
const NAMES = `
  abs acos all_match any_match array_distinct array_except array_intersect array_join array_max array_min array_position array_remove
  array_sort array_union arrays_overlap asin at_timezone atan atan2 bar beta_cdf bing_tile bing_tile_at bing_tile_coordinates
  bing_tile_polygon bing_tile_quadkey bing_tile_zoom_level bing_tiles_around bit_count bitwise_and bitwise_left_shift bitwise_not
  bitwise_or bitwise_right_shift bitwise_right_shift_arithmetic bitwise_xor cardinality cbrt ceiling chr codepoint coalesce color
  combinations concat concat_ws contains contains_sequence cos cosh cosine_similarity crc32 date date_add date_diff date_format
  date_parse date_trunc day day_of_week day_of_year degrees e element_at empty_approx_set exp filter flatten floor format
  format_datetime format_number from_base from_base32 from_base64 from_base64url from_big_endian_32 from_big_endian_64
  from_encoded_polyline from_geojson_geometry from_hex from_ieee754_32 from_ieee754_64 from_iso8601_date from_iso8601_timestamp
  from_iso8601_timestamp_nanos from_unixtime from_unixtime_nanos from_utf8 geometry_from_hadoop_shape geometry_invalid_reason
  geometry_nearest_points geometry_to_bing_tiles geometry_union great_circle_distance greatest hamming_distance hash_counts hmac_md5
  hmac_sha1 hmac_sha256 hmac_sha512 hour human_readable_seconds if infinity intersection_cardinality inverse_beta_cdf inverse_normal_cdf
  is_finite is_infinite is_json_scalar is_nan jaccard_index json_array_contains json_array_get json_array_length json_extract
  json_extract_scalar json_format json_parse json_size last_day_of_month least length levenshtein_distance line_interpolate_point
  line_interpolate_points line_locate_point ln log log10 log2 lower lpad ltrim luhn_check map map_concat map_entries map_filter
  map_from_entries map_keys map_values map_zip_with md5 millisecond minute mod month multimap_from_entries murmur3 nan ngrams
  none_match normal_cdf normalize nullif parse_data_size parse_datetime parse_duration parse_presto_data_size pi power
  quantile_at_value quarter radians reduce regexp_count regexp_extract regexp_extract_all regexp_like regexp_position regexp_replace
  regexp_split render repeat replace reverse rgb round rpad rtrim second sequence sha1 sha256 sha512 sign simplify_geometry sin sinh
  slice soundex spatial_partitions split split_part split_to_map split_to_multimap spooky_hash_v2_32 spooky_hash_v2_64 sqrt
  st_area st_asbinary st_astext st_boundary st_buffer st_centroid st_contains st_convexhull st_coorddim st_crosses st_difference
  st_dimension st_disjoint st_distance st_endpoint st_envelope st_envelopeaspts st_equals st_exteriorring st_geometries
  st_geometryfromtext st_geometryn st_geometrytype st_geomfrombinary st_interiorringn st_interiorrings st_intersection st_intersects
  st_isclosed st_isempty st_isring st_issimple st_isvalid st_length st_linefromtext st_linestring st_multipoint st_numgeometries
  st_numinteriorring st_numpoints st_overlaps st_point st_pointn st_points st_polygon st_relate st_startpoint st_symdifference
  st_touches st_union st_within st_x st_xmax st_xmin st_y st_ymax st_ymin starts_with strpos substr tan tanh timezone_hour
  timezone_minute to_base to_base32 to_base64 to_base64url to_big_endian_32 to_big_endian_64 to_encoded_polyline to_geojson_geometry
  to_geometry to_hex to_ieee754_32 to_ieee754_64 to_iso8601 to_milliseconds to_spherical_geography to_unixtime to_utf8 transform
  transform_keys transform_values translate trim trim_array truncate try typeof upper url_decode url_encode url_extract_fragment
  url_extract_host url_extract_parameter url_extract_path url_extract_port url_extract_protocol url_extract_query value_at_quantile
  values_at_quantiles week width_bucket wilson_interval_lower wilson_interval_upper with_timezone word_stem xxhash64 year year_of_week
  yow zip zip_with`;

/** Lower case, one name for a function that has two: the parser has replaced the other. */
export const KNOWN_FUNCTIONS: ReadonlySet<string> = new Set(NAMES.trim().split(/\s+/));

/** What functions of other dialects are called here. */
export const OTHER_DIALECTS: ReadonlyMap<string, string> = new Map([
  ['charindex', 'strpos(text, search)'],
  ['convert', 'CAST(value AS type)'],
  ['datediff', "date_diff('day', from, to)"],
  ['dateadd', "date_add('day', number, column)"],
  ['decode', 'CASE column WHEN value THEN result END'],
  ['ifnull', 'coalesce(value, other)'],
  ['iff', 'if(condition, value, otherwise)'],
  ['iif', 'if(condition, value, otherwise)'],
  ['instr', 'strpos(text, search)'],
  ['isnull', 'column IS NULL, or coalesce(value, other)'],
  ['lcase', 'lower(text)'],
  ['left', 'substr(text, 1, length)'],
  ['len', 'length(text)'],
  ['nvl', 'coalesce(value, other)'],
  ['nvl2', 'if(value IS NULL, otherwise, result)'],
  ['right', 'substr(text, -length)'],
  ['to_char', 'date_format(timestamp, format)'],
  ['to_date', 'CAST(text AS date), or date_parse(text, format)'],
  ['to_number', 'CAST(text AS decimal(p,s))'],
  ['to_timestamp', 'CAST(text AS timestamp), or date_parse(text, format)'],
  ['tostring', 'CAST(value AS varchar)'],
  ['ucase', 'upper(text)'],
]);
