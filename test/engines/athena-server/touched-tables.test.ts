import { touchedTables } from './sql/touched-tables';

test('a MERGE writes its target and reads its sources', () => {
  expect(touchedTables('-- token\nMERGE INTO "s"."t" AS t USING (SELECT r."a" FROM "b"."runs" AS r JOIN "s"."t" AS c ON TRUE) AS s ON t."a" = s."a" WHEN MATCHED THEN DELETE'))
    .toEqual([{ database: 's', table: 't', access: 'write' }, { database: 'b', table: 'runs', access: 'read' }]);
});

test('a table is created at its location', () => {
  expect(touchedTables("CREATE TABLE `s`.`t` (`a` int) LOCATION 's3://b/t/' TBLPROPERTIES ('table_type' = 'ICEBERG')"))
    .toEqual([{ database: 's', table: 't', access: 'create', location: 's3://b/t/' }]);
});

test('a view is created and its tables are read', () => {
  expect(touchedTables('CREATE OR REPLACE VIEW "s"."v" AS SELECT a."x" FROM "k"."t" AS a').map(({ table, access }) => `${table} ${access}`))
    .toEqual(['v create', 't read']);
});
