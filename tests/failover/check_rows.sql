-- check_rows.sql - what is in the database after a drill against what was acknowledged.
--
-- psql -f check_rows.sql <ACKS, the lines that failover_row_writer appended.  Answers "number|what"; all but
-- those that begin with "+" must be 0.
CREATE TEMP TABLE ack (ended bigint, key text, began bigint, server text, timeline text);
\copy ack FROM pstdin (DELIMITER ' ')
ANALYZE ack;
SELECT count(*), '+acknowledged' FROM ack;
SELECT count(*), '+asked more than once' FROM drill.command WHERE attempts > 1;
SELECT count(DISTINCT timeline), '+timelines' FROM ack;
SELECT count(*), 'acknowledged rows are lost'
  FROM ack a WHERE NOT EXISTS (SELECT FROM drill.command c WHERE c.key = a.key);
SELECT count(*), 'rows were acknowledged twice'
  FROM (SELECT FROM ack GROUP BY key HAVING count(*) > 1) twice;
SELECT count(*), 'rows took effect twice'
  FROM (SELECT FROM drill.effect GROUP BY key HAVING count(*) > 1) twice;
SELECT count(*), 'rows or effects stand alone'
  FROM drill.command c FULL JOIN drill.effect e USING (key) WHERE c.key IS NULL OR e.key IS NULL;
-- Who retries leaves no gap, whatever broke.
SELECT coalesce(sum(last - there), 0), 'numbers are missing'
  FROM (SELECT max(number) AS last, count(*) AS there FROM drill.command WHERE line LIKE 'retry%'
        GROUP BY line) lines;
-- A timeline belongs to one primary.
SELECT count(*), 'timelines had two primaries'
  FROM (SELECT FROM ack GROUP BY timeline HAVING count(DISTINCT server) > 1) shared;
-- What was asked after the next primary's first answer is not acknowledged by the former.  (A process that
-- stood still may tell late what was committed before: such a row is there, or counted as lost above.)
SELECT count(*), 'rows were acknowledged by a former primary'
  FROM ack a JOIN (SELECT timeline, min(ended) AS first FROM ack GROUP BY timeline) next
    ON next.timeline > a.timeline AND a.began > next.first;
