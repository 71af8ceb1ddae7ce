-- Run on every server that takes a part of the vectors, in a database of its own. pgvector 0.8 or later.
CREATE EXTENSION IF NOT EXISTS vector;
CREATE TABLE vectors (
  model smallint NOT NULL, digest text NOT NULL, embedding vector NOT NULL, PRIMARY KEY (digest, model)
);
ALTER TABLE vectors ALTER COLUMN embedding SET STORAGE MAIN;

-- Once the vectors are there, for each model of the table `models` (here: number 1, of 384 dimensions; beyond 2,000: halfvec):
--   CREATE INDEX vectors_nearest_1 ON vectors USING hnsw ((embedding::vector(384)) vector_cosine_ops)
--     WITH (m = 16, ef_construction = 200) WHERE model = 1;
--   ANALYZE vectors;
