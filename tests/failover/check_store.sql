-- check_store.sql - what failover_store_writer left in the product's tables, as no interface shows it.
--
-- Answers "number|what"; all but those that begin with "+" must be 0.
SET search_path = motcua;
SELECT count(*), '+dossiers' FROM dossier;
SELECT count(*), '+events' FROM event;
SELECT count(*), 'dossiers with other events than their version says'
  FROM dossier d WHERE version <> (SELECT count(*) FROM event e WHERE e.tenant = d.tenant AND e.dossier = d.id);
SELECT count(*), 'dossiers without their one task'
  FROM dossier d WHERE 1 <> (SELECT count(*) FROM task t
    WHERE t.tenant = d.tenant AND t.dossier = d.id AND t.activity = d.version - 1);
SELECT count(*), 'codes that were given twice'
  FROM (SELECT FROM dossier GROUP BY tenant, code HAVING count(*) > 1) twice;
SELECT abs((SELECT last FROM number_series WHERE series = 's') - (SELECT count(*) FROM dossier)),
  'numbers of dossiers are missing or too many';
SELECT abs(coalesce((SELECT last FROM number_series WHERE series = 'r'), 0) - (SELECT count(*) FROM payment)),
  'numbers of receipts are missing or too many';
SELECT abs((SELECT count(*) FROM payment) - (SELECT count(*) FROM outbox)), 'payments without their mail';
SELECT abs((SELECT sum(version - 1) FROM dossier) - (SELECT count(*) FROM request)),
  'requests that are not one for each commit';
