-- Distributions of response times are written in another way: as the cells that hold something, in
-- order, each as its distance to the one before and its count. Those written before are forgotten;
-- the counts and sums beside them stay.
UPDATE delta SET latency = NULL, latency_taken = NULL
WHERE latency IS NOT NULL OR latency_taken IS NOT NULL;
UPDATE rollup_minute SET latency = NULL WHERE latency IS NOT NULL;
UPDATE rollup_hour SET latency = NULL WHERE latency IS NOT NULL;
UPDATE rollup_day SET latency = NULL WHERE latency IS NOT NULL;
