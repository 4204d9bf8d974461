#include "storage/sqlite/store_image.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <limits>

#include "storage/sqlite/journal_rows.h"
#include "storage/sqlite/migrations.h"

namespace storage::sqlite {

namespace {

constexpr std::int64_t kJournalSince = 3;
constexpr std::int64_t kUploadsSince = 4;
constexpr std::int64_t kEntriesSince = 8;

bool is_address(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

base::Outcome<std::int64_t> one_number(Database& database, std::string_view sql) {
  Statement ask = TRY(database.prepare(sql));
  return TRY(ask.step()) ? ask.number(0) : 0;
}

// The check of each statement: it answers the subjects of what is wrong.
struct Question {
  StoreCheck check;
  const char* sql;
  const char* table = "dossier";  // without it there is nothing to ask: an earlier schema
};
constexpr Question kQuestions[]{
    {StoreCheck::integrity,
     "SELECT integrity_check FROM pragma_integrity_check(20) WHERE integrity_check <> 'ok'"},
    {StoreCheck::events,
     "SELECT d.id FROM dossier d LEFT JOIN (SELECT tenant, dossier, count(*) AS many, "
     "max(sequence) AS last FROM event GROUP BY tenant, dossier) e ON e.tenant = d.tenant AND "
     "e.dossier = d.id WHERE d.version <> coalesce(e.many, 0) OR d.version <> coalesce(e.last, 0)"},
    {StoreCheck::orphans,
     "SELECT DISTINCT e.dossier FROM event e WHERE NOT EXISTS (SELECT 1 FROM dossier d WHERE "
     "d.tenant = e.tenant AND d.id = e.dossier)"},
    {StoreCheck::orphans,
     "SELECT DISTINCT t.dossier FROM task t WHERE NOT EXISTS (SELECT 1 FROM dossier d WHERE "
     "d.tenant = t.tenant AND d.id = t.dossier)"},
    {StoreCheck::orphans,
     "SELECT DISTINCT i.dossier FROM involved i WHERE NOT EXISTS (SELECT 1 FROM dossier d WHERE "
     "d.tenant = i.tenant AND d.id = i.dossier)"},
    {StoreCheck::search,
     "SELECT d.id FROM dossier d WHERE NOT EXISTS (SELECT 1 FROM dossier_words_docsize w WHERE "
     "w.id = d.search_row)",
     "dossier_words_docsize"},
    // Codes end with their number: AGENCY-YYMMDD-NNNN in the series dossier/AGENCY/YYMMDD.
    {StoreCheck::dossier_codes,
     "SELECT s.series FROM (SELECT series, last, tenant, replace(substr(series, 9), '/', '-') || "
     "'-' AS prefix FROM number_series WHERE series LIKE 'dossier/%') s WHERE last <> (SELECT "
     "count(*) FROM dossier d WHERE d.tenant = s.tenant AND d.code >= s.prefix AND d.code < "
     "substr(s.prefix, 1, length(s.prefix) - 1) || '.') OR last <> (SELECT "
     "coalesce(max(cast(substr(d.code, length(s.prefix) + 1) AS INTEGER)), 0) FROM dossier d WHERE "
     "d.tenant = s.tenant AND d.code >= s.prefix AND d.code < substr(s.prefix, 1, "
     "length(s.prefix) - 1) || '.')"},
    {StoreCheck::number_series,
     "SELECT s.tenant FROM (SELECT tenant, sum(last) AS allotted FROM number_series GROUP BY "
     "tenant) s WHERE s.allotted <> (SELECT count(*) FROM event e WHERE e.tenant = s.tenant AND "
     "e.number <> '')"},
    {StoreCheck::running,
     "SELECT r.dossier FROM running r WHERE NOT EXISTS (SELECT 1 FROM dossier d WHERE d.tenant = "
     "r.tenant AND d.id = r.dossier AND d.version = r.version AND d.agency = r.agency AND d.code = "
     "r.code)",
     "running"},
};
base::Outcome<base::Done> ask(Database& database, const Question& question,
                              std::vector<StoreFinding>& findings) {
  {
    Statement there =
        TRY(database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1"));
    there.bind(std::string_view{question.table});
    const bool asked = TRY(there.step());
    if (!asked) return base::Done{};
  }
  Statement find = TRY(database.prepare(std::string{question.sql}));
  for (std::int64_t found = 0; found < StoreImage::kFindingsOfACheck; ++found) {
    const bool row = TRY(find.step());
    if (!row) break;
    findings.push_back({question.check, find.text(0)});
  }
  return base::Done{};
}

}  // namespace

base::Outcome<StoreImage> StoreImage::open(const std::string& path, Kind kind) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    return base::fault(base::FaultCode::not_found, "there is no store at " + path);
  }
  const auto use = kind == Kind::still ? Database::Use::still : Database::Use::read;
  std::unique_ptr<Database> database = TRY(Database::open(path, use));
  TRY(database->run("BEGIN"));
  const auto schema = one_number(*database, "SELECT coalesce(max(version), 0) FROM schema_version");
  if (!schema) {
    return base::fault(base::FaultCode::corrupt, path + " is no store: " + schema.error().message);
  }
  if (*schema > newest_schema()) {
    return base::fault(base::FaultCode::invalid,
                       path + " has schema version " + std::to_string(*schema) +
                           ", this program knows " + std::to_string(newest_schema()) +
                           ": use the newer program");
  }
  return StoreImage(std::move(database), *schema);
}

base::Outcome<StoreFacts> StoreImage::facts() const {
  StoreFacts facts{.schema = schema_, .rows = {}, .last_event = {}, .head = {}};
  std::vector<std::string> tables;
  {
    // Not what the full-text index keeps for itself.
    Statement list = TRY(
        database_->prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE "
                           "'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '%\\_words%' ESCAPE '\\'"));
    for (;;) {
      const bool row = TRY(list.step());
      if (!row) break;
      tables.push_back(list.text(0));
    }
  }
  for (const std::string& table : tables) {
    // Names of tables come from the schema of this program.
    facts.rows[table] = TRY(one_number(*database_, "SELECT count(*) FROM \"" + table + "\""));
  }
  {
    Statement last = TRY(database_->prepare(
        "SELECT e.at, d.code, e.type FROM event e LEFT JOIN dossier d ON d.tenant = e.tenant AND "
        "d.id = e.dossier ORDER BY e.rowid DESC LIMIT 1"));
    if (TRY(last.step())) {
      facts.last_event =
          LastEvent{.at = last.instant(0), .code = last.text(1), .type = last.text(2)};
    }
  }
  if (facts.rows.contains("journal_head")) {
    Statement head =
        TRY(database_->prepare("SELECT checkpoint FROM journal_head ORDER BY size DESC LIMIT 1"));
    if (TRY(head.step())) facts.head = head.text(0);
  }
  return facts;
}

base::Outcome<std::vector<NamedFile>> StoreImage::files() const {
  std::vector<NamedFile> files;
  for (const char* sql : naming()) {
    Statement list = TRY(database_->prepare(sql));
    for (;;) {
      const bool row = TRY(list.step());
      if (!row) break;
      NamedFile file{.sha256 = list.text(0), .size = {}};
      if (!list.is_null(1)) file.size = list.number(1);
      files.push_back(std::move(file));
    }
  }
  // Where one of several knows the size, it comes first and stays.
  std::ranges::sort(files, [](const NamedFile& a, const NamedFile& b) {
    return a.sha256 != b.sha256 ? a.sha256 < b.sha256 : a.size.has_value() && !b.size.has_value();
  });
  const auto same = [](const NamedFile& a, const NamedFile& b) { return a.sha256 == b.sha256; };
  files.erase(std::unique(files.begin(), files.end(), same), files.end());
  return files;
}

base::Outcome<bool> StoreImage::names(const std::string& sha256) const {
  for (const char* sql : naming()) {
    Statement find = TRY(
        database_->prepare("SELECT 1 FROM (" + std::string{sql} + ") WHERE address = ?1 LIMIT 1"));
    find.bind(sha256);
    const bool found = TRY(find.step());
    if (found) return true;
  }
  return false;
}

std::span<const char* const> StoreImage::naming() const {
  // What a paper was converted from stood at the end of a text until there was a column for it.
  static constexpr std::array<const char*, 2> kEarlier{
      "SELECT DISTINCT sha256 AS address, size FROM file",
      "SELECT DISTINCT substr(converted_from, instr(converted_from, ';sha256=') + 8) AS address, "
      "NULL FROM file WHERE instr(converted_from, ';sha256=') > 0"};
  static constexpr std::array<const char*, 4> kNow{
      "SELECT DISTINCT sha256 AS address, size FROM file",
      "SELECT DISTINCT original AS address, NULL FROM file WHERE original <> ''",
      "SELECT DISTINCT sha256 AS address, NULL FROM dossier_file",
      "SELECT DISTINCT sha256 AS address, size FROM upload_piece"};
  // What a scanner held back is gone where it was; its sealed bytes have a row of their own.
  static constexpr std::array<const char*, 4> kSinceScans{
      "SELECT DISTINCT sha256 AS address, size FROM file WHERE NOT EXISTS (SELECT 1 FROM "
      "entry_word "
      "w WHERE w.tenant = file.tenant AND w.kind = 'file-inspection' AND w.word = 'sealed' AND "
      "w.key = file.sha256)",
      "SELECT DISTINCT original AS address, NULL FROM file WHERE original <> ''",
      "SELECT DISTINCT sha256 AS address, NULL FROM dossier_file WHERE NOT EXISTS (SELECT 1 FROM "
      "entry_word w WHERE w.tenant = dossier_file.tenant AND w.kind = 'file-inspection' AND w.word "
      "= 'sealed' AND w.key = dossier_file.sha256)",
      "SELECT DISTINCT sha256 AS address, size FROM upload_piece"};
  if (schema_ < kUploadsSince) return kEarlier;
  if (schema_ < kEntriesSince) return kNow;
  return kSinceScans;
}

base::Outcome<std::vector<StoreFinding>> StoreImage::check() const {
  std::vector<StoreFinding> findings;
  for (const Question& question : kQuestions) {
    TRY(ask(*database_, question, findings));
    // What a damaged file says of its rows means nothing.
    if (question.check == StoreCheck::integrity && !findings.empty()) return findings;
  }
  for (const NamedFile& file : TRY(files())) {
    if (!is_address(file.sha256)) findings.push_back({StoreCheck::file_addresses, file.sha256});
  }
  return findings;
}

base::Outcome<std::vector<std::string>> StoreImage::tenants() const {
  std::vector<std::string> tenants;
  if (schema_ < kJournalSince) return tenants;
  Statement list = TRY(database_->prepare(
      "SELECT DISTINCT tenant FROM event UNION SELECT DISTINCT tenant FROM journal_leaf UNION "
      "SELECT DISTINCT tenant FROM journal_head ORDER BY 1"));
  for (;;) {
    const bool row = TRY(list.step());
    if (!row) return tenants;
    tenants.push_back(list.text(0));
  }
}

base::Outcome<std::vector<casework::HeadRow>> StoreImage::heads(const std::string& tenant) const {
  return read_heads(*database_, tenant, 0, std::numeric_limits<int>::max());
}

base::Outcome<std::int64_t> StoreImage::leaves(const std::string& tenant) const {
  return read_journal_size(*database_, tenant);
}

journal::TreeSource StoreImage::tree(const std::string& tenant) const {
  Database& database = *database_;
  return {.tile = [&database, tenant](
                      int level,
                      std::int64_t number) { return read_tile(database, tenant, level, number); },
          .leaf_hashes =
              [&database, tenant](std::int64_t from, std::int64_t count) {
                return read_leaf_hashes(database, tenant, from, count);
              }};
}

base::Outcome<base::Done> StoreImage::each_record(
    const std::string& tenant,
    const std::function<bool(const casework::JournalRecord&)>& visit) const {
  // The visit begins a transaction of its own.
  TRY(database_->run("COMMIT"));
  auto visited = visit_records(*database_, tenant, visit);
  TRY(database_->run("BEGIN"));
  return visited;
}

}  // namespace storage::sqlite
