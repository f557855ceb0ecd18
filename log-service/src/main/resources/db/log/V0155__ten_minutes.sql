-- Between minutes and hours: a chart of a day reads a tenth of the rows. Of the two days that there
-- are minutes of, the distributions of response times are not added up here; counts and sums are.
CREATE TABLE rollup_ten_minutes (LIKE rollup_minute INCLUDING ALL)
  WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

INSERT INTO rollup_ten_minutes (start, series, oldest, newest, entries, failed, approved, modified,
  rejected, pending, applications, confidences, response_times, feedback, positive, prompt_tokens,
  completion_tokens, confidence, response_time, cost)
SELECT date_bin('10 minutes', start, 'epoch'), series, min(oldest), max(newest), sum(entries),
  sum(failed), sum(approved), sum(modified), sum(rejected), sum(pending), sum(applications),
  sum(confidences), sum(response_times), sum(feedback), sum(positive), sum(prompt_tokens),
  sum(completion_tokens), sum(confidence), sum(response_time), sum(cost)
FROM rollup_minute
GROUP BY 1, 2;
