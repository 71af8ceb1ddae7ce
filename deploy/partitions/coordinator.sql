-- Run in the database that STORE names, while no process uses it and no version but the published one is kept. Then:
--   CALL partition_vectors(ARRAY['host=one port=5432 dbname=part', 'host=two port=5432 dbname=part'], 'USER', 'PASSWORD');
-- It moves all vectors to these servers, in one transaction, each by the hash of its digest.
CREATE EXTENSION IF NOT EXISTS postgres_fdw;

CREATE OR REPLACE PROCEDURE partition_vectors(shards text[], remote_user text, remote_password text)
LANGUAGE plpgsql AS $$
DECLARE
  -- A search asks each server for its nearest, in order, as far as it needs: from the index, never by sorting them all.
  -- relaxed_order would hand them on out of order.
  settings CONSTANT text := '-c enable_sort=off -c jit=off -c hnsw.ef_search=400 -c hnsw.iterative_scan=strict_order';
  home CONSTANT text := quote_ident(current_schema());
  part text;
  place text[];
  word text;
BEGIN
  EXECUTE format('ALTER TABLE %s.vectors RENAME TO vectors_before', home);
  EXECUTE format('ALTER INDEX IF EXISTS %s.vectors_pkey RENAME TO vectors_before_pkey', home);
  EXECUTE format(
    'CREATE TABLE %s.vectors (model smallint NOT NULL, digest text NOT NULL, embedding vector NOT NULL) PARTITION BY HASH (digest)',
    home);
  FOR i IN 1 .. array_length(shards, 1) LOOP
    part := 'vectors_part_' || i;
    place := ARRAY[]::text[];
    FOREACH word IN ARRAY regexp_split_to_array(trim(shards[i]), '\s+') LOOP
      place := place || format('%I %L', split_part(word, '=', 1), split_part(word, '=', 2));
    END LOOP;
    EXECUTE format(
      'CREATE SERVER %I FOREIGN DATA WRAPPER postgres_fdw OPTIONS (%s, extensions ''vector'', options %L, use_remote_estimate ''true'')',
      part, array_to_string(place, ', '), settings);
    EXECUTE format(
      'CREATE USER MAPPING FOR CURRENT_USER SERVER %I OPTIONS (user %L, password %L)', part, remote_user, remote_password);
    EXECUTE format(
      'CREATE FOREIGN TABLE %s.%I PARTITION OF %s.vectors FOR VALUES WITH (MODULUS %s, REMAINDER %s)
         SERVER %I OPTIONS (table_name ''vectors'', batch_size ''100'')',
      home, part, home, array_length(shards, 1), i - 1, part);
  END LOOP;
  EXECUTE format('INSERT INTO %s.vectors SELECT model, digest, embedding FROM %s.vectors_before', home, home);
  EXECUTE format('DROP TABLE %s.vectors_before', home);
END
$$;
