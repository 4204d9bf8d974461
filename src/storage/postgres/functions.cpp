#include "storage/postgres/schema.h"

namespace storage::postgres {

// What the law has erased of a dossier: the content of its events before this commit, of which the
// hash stays (docs/formats/journal.md, "Content"), and what else repeats it.
const char* const kErasureFunction = R"sql(
CREATE OR REPLACE FUNCTION framed(p_text text) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT int4send(octet_length(p_text)) || convert_to(p_text, 'UTF8')
$$;

CREATE OR REPLACE FUNCTION erase_content(p_tenant text, p_id text, p_through bigint)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE event SET content = sha256(convert_to(E'motcua-content-v1\n', 'UTF8') || salt ||
      framed(actor_kind::text) || framed(actor_id) || framed(actor_name) ||
      framed(actor_agency) || framed(payload)),
      actor_id = '', actor_name = '', payload = '', salt = NULL
    WHERE tenant = p_tenant AND dossier = p_id AND sequence <= p_through AND salt IS NOT NULL;
  DELETE FROM dossier_file WHERE tenant = p_tenant AND dossier = p_id;
  DELETE FROM file WHERE tenant = p_tenant AND owner = 'dossier:' || p_id;
  UPDATE payment SET reason = '' WHERE tenant = p_tenant AND dossier = p_id;
  DELETE FROM outbox WHERE tenant = p_tenant AND done_at IS NOT NULL AND (dossier = p_id
    OR (dossier > p_id || '/inbound/' AND dossier < p_id || '/inbound0'));
END $$;
)sql";

// One command, whole: called alone, it is its transaction.  The answer begins with what became of
// it; the numbers that were allotted follow.
//
// Waits for others only in this order: the request's key, the dossier's row, the series of numbers
// in the order of their names.  So no two commands ever wait for each other.
const char* const kCommitFunction = R"sql(
CREATE OR REPLACE FUNCTION commit_command(
  p_tenant text, p_later boolean, p_actor text, p_key text, p_hash text,
  p_id text, p_expected bigint, p_version bigint, p_at bigint, p_newest bigint,
  p_code text, p_procedure text, p_digest text, p_agency text, p_receiving_agency text,
  p_status bigint, p_channel text, p_applicant text, p_applicant_id text, p_applicant_folded text,
  p_step text, p_holder text, p_filed_at bigint, p_received_at bigint, p_due_at bigint,
  p_finished_at bigint, p_paused boolean, p_closed boolean, p_slip text, p_state text,
  p_wake_at bigint, p_clock text,
  p_actor_kind bigint, p_actor_id text, p_actor_name text, p_actor_agency text,
  p_series text[], p_counts bigint[],
  p_number_series bigint[], p_number_offset bigint[], p_number_prefix text[],
  p_number_width bigint[], p_number_suffix text[], p_placeholder text[],
  p_types text[], p_payloads text[], p_event_number bigint[], p_salts bytea[], p_contents bytea[],
  p_agencies text[], p_words text[], p_addresses text[], p_erases boolean,
  t_agency text[], t_sort_at bigint[], t_activity bigint[], t_role text[], t_assignee text[],
  t_assignee_name text[], t_step text[], t_action text[], t_opened_at bigint[], t_due_at bigint[],
  m_agency text[], m_at bigint[], m_receipt text[], m_kind text[], m_amount bigint[],
  m_method text[], m_reason text[], m_cashier text[], m_cashier_name text[],
  o_kind text[], o_payload text[], o_effect text[], p_returning_agency text
) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  v_numbers text[] := '{}';
  v_bases bigint[] := '{}';
  v_base bigint;
  v_digits text;
  v_version bigint := 0;
  v_agency text := p_agency;
  v_code text := p_code;
  v_agencies text[] := p_agencies;
  v_lexemes text[];
BEGIN
  IF EXISTS (SELECT 1 FROM request
      WHERE tenant = p_tenant AND actor = p_actor AND key = p_key) THEN
    RETURN ARRAY['repeated'];
  END IF;
  IF p_newest < (SELECT at FROM request WHERE tenant = p_tenant AND at IS NOT NULL
      ORDER BY at DESC LIMIT 1) THEN
    RETURN ARRAY['backwards'];
  END IF;
  IF p_expected = 0 THEN
    IF EXISTS (SELECT 1 FROM dossier WHERE tenant = p_tenant AND id = p_id) THEN
      RETURN ARRAY['conflict'];
    END IF;
  ELSE
    SELECT version, agency, code INTO v_version, v_agency, v_code FROM dossier
      WHERE tenant = p_tenant AND id = p_id FOR UPDATE;
    IF v_version IS DISTINCT FROM p_expected THEN
      -- Whoever was first may have been this very request.
      IF EXISTS (SELECT 1 FROM request
          WHERE tenant = p_tenant AND actor = p_actor AND key = p_key) THEN
        RETURN ARRAY['repeated'];
      END IF;
      RETURN ARRAY['conflict'];
    END IF;
  END IF;
  IF p_later THEN
    PERFORM set_config('synchronous_commit', 'off', true);
  END IF;
  INSERT INTO request (tenant, actor, key, hash, subject, version, at)
    VALUES (p_tenant, p_actor, p_key, p_hash, p_id, p_version, p_at);

  FOR i IN 1 .. cardinality(p_series) LOOP
    INSERT INTO number_series AS s (tenant, series, last)
      VALUES (p_tenant, p_series[i], p_counts[i])
      ON CONFLICT (tenant, series) DO UPDATE SET last = s.last + excluded.last
      RETURNING last - p_counts[i] INTO v_base;
    v_bases := v_bases || v_base;
  END LOOP;
  FOR i IN 1 .. cardinality(p_number_series) LOOP
    v_digits := (v_bases[p_number_series[i]] + p_number_offset[i])::text;
    v_digits := p_number_prefix[i] || repeat('0', p_number_width[i]::int - length(v_digits)) ||
      v_digits || p_number_suffix[i];
    v_numbers := v_numbers || v_digits;
    IF p_expected = 0 THEN
      v_code := replace(v_code, p_placeholder[i], v_digits);
    END IF;
    p_state := replace(p_state, p_placeholder[i], v_digits);
    p_slip := replace(p_slip, p_placeholder[i], v_digits);
    p_clock := replace(p_clock, p_placeholder[i], v_digits);
    FOR j IN 1 .. cardinality(m_receipt) LOOP
      m_receipt[j] := replace(m_receipt[j], p_placeholder[i], v_digits);
    END LOOP;
  END LOOP;

  IF p_expected = 0 THEN
    INSERT INTO dossier (tenant, id, code, version, procedure, digest, agency, receiving_agency,
        status, channel, applicant, applicant_id, applicant_folded, step, holder, filed_at,
        received_at, due_at, finished_at, paused, closed, slip_number, state,
        returning_agency)
      VALUES (p_tenant, p_id, v_code, p_version, p_procedure, p_digest, p_agency,
        p_receiving_agency, p_status, p_channel, p_applicant, p_applicant_id, p_applicant_folded,
        p_step, p_holder, p_filed_at, p_received_at, p_due_at, p_finished_at, p_paused, p_closed,
        p_slip, p_state, p_returning_agency);
  ELSE
    UPDATE dossier SET version = p_version, status = p_status, step = p_step, holder = p_holder,
        received_at = p_received_at, due_at = p_due_at, finished_at = p_finished_at,
        paused = p_paused, closed = p_closed, slip_number = p_slip, state = p_state,
        digest = p_digest, returning_agency = p_returning_agency
      WHERE tenant = p_tenant AND id = p_id;
    IF p_erases THEN
      PERFORM erase_content(p_tenant, p_id, p_expected);
      UPDATE dossier SET applicant = p_applicant, applicant_id = p_applicant_id,
          applicant_folded = p_applicant_folded, erased = true
        WHERE tenant = p_tenant AND id = p_id;
      UPDATE dossier_words SET agencies = p_agencies
        WHERE tenant = p_tenant AND dossier = p_id;
    END IF;
  END IF;

  IF p_words IS NOT NULL OR p_expected = 0 OR p_erases THEN
    v_lexemes := lexemes_of(p_tenant, CASE WHEN p_words IS NOT NULL THEN v_code END, p_words,
      v_agencies);
    IF p_expected = 0 THEN
      INSERT INTO dossier_words (tenant, dossier, filed_at, agencies, words)
        VALUES (p_tenant, p_id, p_filed_at, v_agencies, array_to_tsvector(v_lexemes));
    ELSE
      UPDATE dossier_words SET words = array_to_tsvector(v_lexemes), agencies = v_agencies
        WHERE tenant = p_tenant AND dossier = p_id;
    END IF;
  END IF;

  -- Row by row: for the one or two there are, that costs less than a set.
  FOR i IN 1 .. cardinality(p_types) LOOP
    v_digits := coalesce(v_numbers[p_event_number[i]], '');
    INSERT INTO event (tenant, dossier, sequence, at, actor_kind, actor_id, actor_name,
        actor_agency, type, payload, number, salt)
      VALUES (p_tenant, p_id, p_expected + i, p_at, p_actor_kind, p_actor_id, p_actor_name,
        p_actor_agency, p_types[i], p_payloads[i], v_digits, p_salts[i]);
    INSERT INTO journal_queue (tenant, kind, subject, sequence, at, type, number, content)
      VALUES (p_tenant, 'event', p_id, p_expected + i, p_at, p_types[i], v_digits, p_contents[i]);
  END LOOP;

  IF cardinality(p_addresses) > 0 THEN
    INSERT INTO dossier_file (tenant, sha256, dossier)
      SELECT p_tenant, address, p_id FROM unnest(p_addresses) AS address
      ON CONFLICT (tenant, sha256, dossier) DO NOTHING;
  END IF;

  IF p_expected <> 0 THEN
    DELETE FROM task WHERE tenant = p_tenant AND dossier = p_id;
  END IF;
  FOR i IN 1 .. cardinality(t_agency) LOOP
    INSERT INTO task (tenant, agency, sort_at, dossier, activity, role, assignee, assignee_name,
        step, action, opened_at, due_at, dossier_due_at, received, paused, procedure)
      VALUES (p_tenant, t_agency[i], t_sort_at[i], p_id, t_activity[i], t_role[i], t_assignee[i],
        t_assignee_name[i], t_step[i], t_action[i], t_opened_at[i], t_due_at[i], p_due_at,
        p_received_at IS NOT NULL, p_paused, p_procedure);
  END LOOP;

  IF p_wake_at IS NULL AND p_clock = '' THEN
    IF p_expected <> 0 THEN
      DELETE FROM running WHERE tenant = p_tenant AND agency = v_agency AND dossier = p_id;
    END IF;
  ELSE
    INSERT INTO running (tenant, agency, dossier, code, version, due_at, wake_at, clock)
      VALUES (p_tenant, v_agency, p_id, v_code, p_version, p_due_at, p_wake_at, p_clock)
      ON CONFLICT (tenant, agency, dossier) DO UPDATE SET version = excluded.version,
        due_at = excluded.due_at, wake_at = excluded.wake_at, clock = excluded.clock;
  END IF;

  IF cardinality(m_agency) > 0 THEN
    INSERT INTO payment (tenant, agency, at, receipt, kind, dossier, amount, method, reason,
        cashier, cashier_name)
      SELECT p_tenant, m.agency, m.at, m.receipt, m.kind, p_id, m.amount, m.method, m.reason,
        m.cashier, m.cashier_name
      FROM unnest(m_agency, m_at, m_receipt, m_kind, m_amount, m_method, m_reason, m_cashier,
        m_cashier_name) AS m(agency, at, receipt, kind, amount, method, reason, cashier,
        cashier_name);
  END IF;
  FOR i IN 1 .. cardinality(o_kind) LOOP
    INSERT INTO outbox (tenant, dossier, kind, payload, effect, attempts, due_at, error, written_at)
      VALUES (p_tenant, p_id, o_kind[i], o_payload[i], o_effect[i], 0, p_at, '', p_at);
  END LOOP;
  RETURN 'done'::text || v_numbers;
END $$;
)sql";

// The dossiers that `p_query` matches, newest first, behind the cursor.  `p_long` is the part of it
// that is worth asking the index for: the beginning "0" stands before a million numbers.
//
// Three ways, each bounded: a word that many dossiers have is found soon among the newest; a word
// that few have is found by the index, which gives all of them; what is neither (frequent, but not
// of late) is walked to by time.  Where the walk goes by time, words are looked up dossier by
// dossier (OFFSET 0 keeps it so), for the policy makes the index of words look cheap even when it
// gives all.
const char* const kSearchFunction = R"sql(
-- What a dossier is found by.  People ask by a part of the code, too.  (In plpgsql, because that
-- keeps its plan from call to call.)
CREATE OR REPLACE FUNCTION lexemes_of(p_tenant text, p_code text, p_words text[],
    p_agencies text[]) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_lexemes text[] := '{}';
  v_text text;
BEGIN
  IF p_words IS NOT NULL THEN
    FOREACH v_text IN ARRAY p_words LOOP
      v_lexemes := v_lexemes || (p_tenant || '/' || v_text);
    END LOOP;
  END IF;
  FOREACH v_text IN ARRAY coalesce(p_agencies, '{}') LOOP
    v_lexemes := v_lexemes || (p_tenant || '/@' || v_text || '.');
  END LOOP;
  IF p_code IS NOT NULL THEN
    FOREACH v_text IN ARRAY string_to_array(translate(lower(p_code), '.-/_:,;', '       '), ' ', '')
    LOOP
      IF v_text IS NOT NULL THEN
        v_lexemes := v_lexemes || (p_tenant || '/' || v_text);
      END IF;
    END LOOP;
  END IF;
  RETURN v_lexemes;
END $$;

CREATE OR REPLACE FUNCTION dossier_fits(d dossier, p_statuses bigint[], p_procedure text,
    p_overdue bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT (cardinality(p_statuses) = 0 OR d.status = ANY (p_statuses))
    AND (p_procedure = '' OR d.procedure = p_procedure)
    AND (p_overdue = 0 OR (d.finished_at IS NULL AND d.due_at < p_overdue)
      OR d.finished_at > d.due_at)
$$;

CREATE OR REPLACE FUNCTION search_words(
  p_tenant text, p_query text, p_long text, p_statuses bigint[], p_procedure text,
  p_overdue bigint, p_from bigint, p_before bigint, p_at bigint, p_id text, p_limit bigint
) RETURNS SETOF text LANGUAGE plpgsql ROWS 26 AS $$
DECLARE
  v_query tsquery := p_query::tsquery;
  v_ids text[];
  v_found text[];
  v_seen bigint;
BEGIN
  SELECT array_agg(f.id) INTO v_ids FROM (
    SELECT n.id FROM (
        SELECT d.id, d.filed_at, dossier_fits(d, p_statuses, p_procedure, p_overdue) AS fits
        FROM dossier d WHERE d.tenant = p_tenant AND d.filed_at >= p_from
          AND d.filed_at < p_before AND d.filed_at <= p_at AND (d.filed_at < p_at OR d.id < p_id)
        ORDER BY d.filed_at DESC, d.id DESC LIMIT 1000) AS n
      CROSS JOIN LATERAL (SELECT w.words FROM dossier_words w
        WHERE w.tenant = p_tenant AND w.dossier = n.id OFFSET 0) AS l
      WHERE n.fits AND l.words @@ v_query
      ORDER BY n.filed_at DESC, n.id DESC LIMIT p_limit) AS f;
  IF cardinality(v_ids) = p_limit THEN
    RETURN QUERY SELECT unnest(v_ids);
    RETURN;
  END IF;

  PERFORM set_config('motcua.words', p_long, true);
  SELECT array_agg(m.dossier ORDER BY m.filed_at DESC, m.dossier DESC), count(*)
    INTO v_found, v_seen FROM (
      SELECT n.dossier, n.filed_at FROM dossier_words n
      WHERE n.tenant = p_tenant AND n.filed_at >= p_from AND n.filed_at < p_before
        AND n.filed_at <= p_at AND (n.filed_at < p_at OR n.dossier < p_id)
      LIMIT 8001) AS m;
  PERFORM set_config('motcua.words', '', true);
  IF v_seen <= 8000 THEN
    RETURN QUERY SELECT f.id FROM unnest(v_found) WITH ORDINALITY AS f(id, n)
      JOIN dossier d ON d.tenant = p_tenant AND d.id = f.id
      CROSS JOIN LATERAL (SELECT w.words FROM dossier_words w
        WHERE w.tenant = p_tenant AND w.dossier = f.id OFFSET 0) AS l
      WHERE dossier_fits(d, p_statuses, p_procedure, p_overdue) AND l.words @@ v_query
      ORDER BY f.n LIMIT p_limit;
    RETURN;
  END IF;

  RETURN QUERY SELECT d.id FROM dossier d
    CROSS JOIN LATERAL (SELECT w.words FROM dossier_words w
      WHERE w.tenant = p_tenant AND w.dossier = d.id OFFSET 0) AS l
    WHERE d.tenant = p_tenant AND d.filed_at >= p_from AND d.filed_at < p_before
      AND d.filed_at <= p_at AND (d.filed_at < p_at OR d.id < p_id)
      AND dossier_fits(d, p_statuses, p_procedure, p_overdue) AND l.words @@ v_query
    ORDER BY d.filed_at DESC, d.id DESC LIMIT p_limit;
END $$;
)sql";

// Accesses take the next place of their subject.  A batch that is handed over again (`p_again`,
// after a lost connection) is known by its salts.
const char* const kAccessFunction = R"sql(
CREATE OR REPLACE FUNCTION record_accesses(
  p_tenant text, p_again boolean, p_subject text[], p_at bigint[], p_actor_kind bigint[],
  p_actor_id text[], p_actor_name text[], p_actor_agency text[], p_what text[], p_why text[],
  p_salt bytea[], p_content bytea[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_subject text;
  v_next bigint;
BEGIN
  FOR v_subject IN SELECT DISTINCT s COLLATE "C" AS name FROM unnest(p_subject) s ORDER BY name LOOP
    PERFORM pg_advisory_xact_lock(hashtextextended(p_tenant || '/' || v_subject, 7));
  END LOOP;
  IF p_again AND EXISTS (SELECT 1 FROM (SELECT salt FROM access WHERE tenant = p_tenant
      AND subject = p_subject[1] ORDER BY sequence DESC LIMIT 1000) AS l
      WHERE l.salt = p_salt[1]) THEN
    RETURN;
  END IF;
  FOR i IN 1 .. cardinality(p_subject) LOOP
    SELECT coalesce(max(sequence), 0) + 1 INTO v_next FROM access
      WHERE tenant = p_tenant AND subject = p_subject[i];
    INSERT INTO access (tenant, subject, sequence, at, actor_kind, actor_id, actor_name,
        actor_agency, what, why, salt)
      VALUES (p_tenant, p_subject[i], v_next, p_at[i], p_actor_kind[i], p_actor_id[i],
        p_actor_name[i], p_actor_agency[i], p_what[i], p_why[i], p_salt[i]);
    INSERT INTO journal_queue (tenant, kind, subject, sequence, at, type, number, content)
      VALUES (p_tenant, 'access', p_subject[i], v_next, p_at[i], p_what[i], '', p_content[i]);
  END LOOP;
END $$;
)sql";

}  // namespace storage::postgres
