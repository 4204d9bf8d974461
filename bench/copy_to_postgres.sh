#!/usr/bin/env bash
# Copies the rows of a SQLite store that bench_fill or bench_grow made into an empty PostgreSQL store.
#
#   bench/copy_to_postgres.sh DATA CONNECTION      as a superuser, for COPY knows no row-level security; the
# schema must be there: open the store once
set -euo pipefail
[[ $# -eq 2 ]] || { sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 2; }
store=$1/motcua.db
url=$2
export PGOPTIONS='-c motcua.tenant=H41 -c search_path=motcua'
read_only() { sqlite3 -readonly -cmd '.mode csv' -cmd '.nullvalue ~null~' "$store" "$1"; }

# copy TABLE COLUMNS [SELECT]: columns of the one are those of the other unless SELECT says otherwise
copy() {
  local select=${3:-"SELECT $2 FROM $1"}
  echo "$1" >&2
  read_only "$select" | psql -q "$url" -c "\\copy $1 ($2) FROM STDIN WITH (FORMAT csv, NULL '~null~')"
}

copy setting 'tenant, name, value' "SELECT tenant, name, value FROM setting WHERE name <> 'last_event_at'"
copy revision 'tenant, digest, code, files'
copy account 'tenant, username, officer_id, officer, password_hash, must_change, active'
copy number_series 'tenant, series, last'
copy calendar_version 'tenant, office, version, at, actor_kind, actor_id, actor_name, actor_agency, kind, content, reason, act, salt' \
  "SELECT tenant, office, version, at, actor_kind, actor_id, actor_name, actor_agency, kind, content, reason, act, '\\x' || hex(salt) FROM calendar_version"
copy dossier 'tenant, id, code, version, procedure, digest, agency, receiving_agency, status, channel, applicant, applicant_id, applicant_folded, step, holder, filed_at, received_at, due_at, finished_at, paused, closed, slip_number, state, erased'
copy event 'tenant, dossier, sequence, at, actor_kind, actor_id, actor_name, actor_agency, type, payload, number, salt' \
  "SELECT tenant, dossier, sequence, at, actor_kind, actor_id, actor_name, actor_agency, type, payload, number, '\\x' || hex(salt) FROM event"
copy task 'tenant, agency, sort_at, dossier, activity, role, assignee, assignee_name, step, action, opened_at, due_at, dossier_due_at, received, paused, procedure'
copy running 'tenant, agency, dossier, code, version, due_at, wake_at, clock'
copy payment 'tenant, agency, at, receipt, kind, dossier, amount, method, reason, cashier, cashier_name'
copy request 'tenant, actor, key, hash, subject, version, at' \
  "SELECT r.tenant, r.actor, r.key, r.hash, r.subject, r.version, e.at FROM request r LEFT JOIN event e ON e.tenant = r.tenant AND e.dossier = r.subject AND e.sequence = r.version"
copy journal_leaf 'tenant, idx, kind, subject, sequence, hash' \
  "SELECT e.tenant, e.leaf, 'event', e.dossier, e.sequence, '\\x' || hex(l.hash) FROM event e JOIN journal_leaf l ON l.tenant = e.tenant AND l.idx = e.leaf
   UNION ALL SELECT c.tenant, c.leaf, 'calendar', 'calendar/' || c.office, c.version, '\\x' || hex(l.hash) FROM calendar_version c JOIN journal_leaf l ON l.tenant = c.tenant AND l.idx = c.leaf"
copy journal_head 'tenant, size, at, checkpoint'
copy journal_tile 'tenant, level, number, hashes' "SELECT tenant, level, number, '\\x' || hex(hashes) FROM journal_tile"

echo "dossier_words" >&2
psql -q "$url" -c 'CREATE UNLOGGED TABLE copied_words (dossier text, code text, filed_at bigint, words text, agencies text)'
read_only "SELECT d.id, d.code, d.filed_at, w.words, (SELECT group_concat(i.agency, ' ') FROM involved i WHERE i.tenant = d.tenant AND i.dossier = d.id) FROM dossier d JOIN dossier_words w ON w.rowid = d.search_row" |
  psql -q "$url" -c "\\copy copied_words FROM STDIN WITH (FORMAT csv, NULL '~null~')"
psql -q "$url" <<'SQL'
INSERT INTO dossier_words (tenant, dossier, filed_at, agencies, words)
  SELECT 'H41', dossier, filed_at, string_to_array(agencies, ' '),
    array_to_tsvector((SELECT array_agg(DISTINCT l) FROM unnest(lexemes_of('H41', code, string_to_array(words, ' ', ''), string_to_array(agencies, ' '))) l))
  FROM copied_words;
DROP TABLE copied_words;
SQL
psql -q "$url" -c 'ANALYZE'
