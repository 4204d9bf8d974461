// journal_commands.cpp - motcua journal verify, prove, check-proof, export, key.
#include <filesystem>
#include <fstream>
#include <iostream>

#include <boost/json.hpp>
#include <unistd.h>

#include "base/json.h"
#include "calendar/instant.h"
#include "casework/sealing.h"
#include "cli/compose.h"
#include "cli/dossier_check.h"
#include "cli/journal_audit.h"
#include "cli/journal_export.h"
#include "cli/journal_keys.h"
#include "cli/manners.h"
#include "cli/refused.h"
#include "cli/subcommand.h"
#include "journal/leaf_reader.h"
#include "journal/proof_file.h"
#include "storage/postgres/postgres_store.h"
#include "storage/sqlite/migrations.h"
#include "storage/sqlite/sqlite_store.h"
#include "storage/sqlite/store_image.h"

namespace cli {

namespace {

namespace fs = std::filesystem;
using base::json::object;
using calendar::Bilingual;
using calendar::Language;

struct Options {
  std::string data;
  std::string store_url;  // postgres://…; empty: SQLite in the data folder
  std::string key;
  std::string ca;
  std::string code;  // of a dossier, or the name of another subject
  std::string file;  // proof that is checked; where a proof or an export goes
  std::vector<std::string> checkpoints;
  std::int64_t sequence = 1;
  bool opening = false;
  bool rows = true;
  bool renew = false;
  bool json = false;
  std::string language = "vi";

  [[nodiscard]] const std::string& in(const Bilingual& text) const {
    return text.in(language == "en" ? Language::english : Language::vietnamese);
  }
  [[nodiscard]] bool on_postgres() const { return !store_url.empty(); }
  [[nodiscard]] fs::path folder() const { return data; }
  [[nodiscard]] std::string store() const { return (folder() / "motcua.db").string(); }
};

// One line that is written over, where somebody watches.
class ProgressLine {
 public:
  explicit ProgressLine(std::string name)
      : name_(std::move(name)), watched_(::isatty(STDERR_FILENO) != 0) {}
  ~ProgressLine() {
    if (percent_ >= 0) std::cerr << "\r\033[K" << std::flush;
  }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void operator()(std::int64_t done, std::int64_t all) {
    const std::int64_t percent = all > 0 ? std::min<std::int64_t>(done * 100 / all, 100) : 100;
    if (!watched_ || percent == percent_) return;
    percent_ = percent;
    std::cerr << "\r\033[K" << name_ << ": " << percent << " %" << std::flush;
  }

 private:
  std::string name_;
  bool watched_;
  std::int64_t percent_ = -1;
};

// Nothing is created where there is no store.
Answer<base::Done> need_store(const Options& options) {
  std::error_code error;
  if (fs::is_regular_file(options.store(), error)) return base::Done{};
  return refuse({base::FaultCode::not_found, "there is no store at " + options.store()});
}

Answer<std::string> read_keys_text(const Options& options) {
  if (!options.key.empty()) return told(read_text(options.key));
  return told(read_text(options.folder() / "journal.keys"));
}

Answer<std::vector<journal::VerifierKey>> read_keys(const Options& options) {
  const std::string text = TRY(read_keys_text(options));
  auto keys = journal::parse_keys(text);
  if (keys && !keys->empty()) return std::move(keys).value();
  const std::string file = options.key.empty() ? "journal.keys" : "--key " + options.key;
  return refuse_words(file + ": " + (keys ? "no key in it" : keys.error().message));
}

Answer<std::string> read_ca(const Options& options) {
  if (options.ca.empty()) return std::string{};
  return told(read_text(options.ca));
}

object message_of(const Bilingual& text) {
  return {{"vi", text.vi}, {"en", text.en}};
}

// ---------------------------------------------------------------- verify

std::string code_of(journal::Damage damage) {
  std::string code{journal::to_text(damage)};
  std::ranges::replace(code, '_', '-');
  return code;
}

const Bilingual kRecordWithoutLeaf{"có bản ghi không có lá trong cây",
                                   "there are records without a leaf in the tree"};
const Bilingual kRowDiffers{"hồ sơ không đúng với các sự kiện của nó",
                            "the dossier is not what its events say"};

// PostgreSQL gives leaves after the commit: there, the newest records have none yet.
bool leaves_are_lacking(const Options& options, const journal::AuditReport& report) {
  return report.records_waiting > 0 && !options.on_postgres();
}

void print_json(const Options& options, const journal::AuditReport& report,
                const DossierCheck& dossiers, bool whole) {
  const bool lacking = leaves_are_lacking(options, report);
  base::json::array findings;
  for (const journal::AuditFinding& finding : report.findings) {
    findings.push_back(object{{"code", code_of(finding.damage)},
                              {"index", finding.index},
                              {"subject", finding.detail},
                              {"message", message_of(explain(finding.damage))}});
  }
  if (lacking) {
    findings.push_back(object{{"code", "record-without-leaf"},
                              {"index", -1},
                              {"subject", std::to_string(report.records_waiting)},
                              {"message", message_of(kRecordWithoutLeaf)}});
  }
  for (const DossierMismatch& mismatch : dossiers.mismatches) {
    findings.push_back(object{{"code", "dossier-differs"},
                              {"index", -1},
                              {"subject", mismatch.id + " " + mismatch.part},
                              {"message", message_of(kRowDiffers)}});
  }
  std::cout << base::to_text(object{
                   {"whole", whole},
                   {"first_bad_index", report.first_bad_index},
                   {"leaves", report.leaves},
                   {"root", base::to_hex(report.root)},
                   {"heads", report.heads_held},
                   {"covered", report.covered},
                   {"records_erased", report.records_erased},
                   {"records_waiting", report.records_waiting},
                   {"dossiers", dossiers.checked},
                   {"findings_in_all", report.findings_in_all +
                                           static_cast<std::int64_t>(dossiers.mismatches.size()) +
                                           (lacking ? 1 : 0)},
                   {"findings", std::move(findings)}})
            << '\n';
}

void print_words(const Options& options, const journal::AuditReport& report,
                 const DossierCheck& dossiers, bool whole) {
  const auto wrong = [&](const Bilingual& what, std::int64_t index, const std::string& subject) {
    std::cout << options.in({"SAI     ", "WRONG   "})
              << (index < 0 ? "" : std::to_string(index) + "  ") << options.in(what)
              << (subject.empty() ? "" : " (" + subject + ")") << '\n';
  };
  for (const journal::AuditFinding& finding : report.findings) {
    wrong(explain(finding.damage), finding.index, finding.detail);
  }
  const auto untold = report.findings_in_all - static_cast<std::int64_t>(report.findings.size());
  if (untold > 0) {
    std::cout << options.in({"        và " + std::to_string(untold) + " điều nữa",
                             "        and " + std::to_string(untold) + " more"})
              << '\n';
  }
  if (leaves_are_lacking(options, report)) {
    wrong(kRecordWithoutLeaf, -1, std::to_string(report.records_waiting));
  }
  for (const DossierMismatch& mismatch : dossiers.mismatches) {
    wrong(kRowDiffers, -1, mismatch.id + ", " + mismatch.part);
  }
  const std::string leaves = std::to_string(report.leaves);
  const std::string heads = std::to_string(report.heads_held);
  const std::string checked = std::to_string(dossiers.checked);
  std::cout << (whole ? options.in({"Sổ ghi nguyên vẹn: ", "The journal is whole: "})
                      : options.in({"Sổ ghi KHÔNG nguyên vẹn: ", "The journal is NOT whole: "}))
            << options.in({leaves + " lá, " + heads + " đầu cây đã ký khớp, " + checked +
                               " hồ sơ đã đối chiếu.",
                           leaves + " leaves, " + heads + " signed heads hold, " + checked +
                               " dossiers compared."})
            << '\n';
  if (report.first_bad_index >= 0) {
    const std::string at = std::to_string(report.first_bad_index);
    std::cout << options.in({"Vị trí sai đầu tiên: " + at + ".", "First bad index: " + at + "."})
              << '\n';
  }
  if (options.on_postgres()) {
    const std::string waiting = std::to_string(report.records_waiting);
    std::cout << options.in({waiting + " bản ghi còn chờ lá. Hồ sơ trên PostgreSQL chưa được đối "
                                       "chiếu với sự kiện của chúng.",
                             waiting + " records wait for their leaf. On PostgreSQL the dossiers "
                                       "are not compared with their events."})
              << '\n';
  }
  if (options.checkpoints.empty()) {
    std::cout << options.in(
                     {"Chưa so với đầu cây giữ ở nơi khác (--checkpoint): ai có khóa của kho này "
                      "vẫn có thể đã viết lại tất cả.",
                      "Not held against a checkpoint kept elsewhere (--checkpoint): whoever has "
                      "this store's key could have rewritten everything."})
              << '\n';
  }
}

base::Outcome<journal::AuditReport> audit(const Options& options,
                                          const JournalAuditRequest& request) {
  if (!options.on_postgres()) return audit_journal(request);
  const auto store = TRY(storage::postgres::open_store(options.store_url, kTenant));
  return audit_journal(*store, request);
}

Answer<int> verify(const Options& options) {
  if (!options.on_postgres()) TRY(need_store(options));
  JournalAuditRequest request{.store = options.store(),
                              .tenant = kTenant,
                              .keys = TRY(read_keys(options)),
                              .kept = {},
                              .ca = TRY(read_ca(options)),
                              .progress = {}};
  for (const std::string& file : options.checkpoints) {
    request.kept.push_back(
        {.name = file, .checkpoint = TRY(told(read_text(file))), .size = -1, .timestamp = {}});
  }
  journal::AuditReport report;
  {
    ProgressLine line(options.in({"sổ ghi", "journal"}));
    request.progress = [&line](std::int64_t done, std::int64_t all) { line(done, all); };
    report = TRY(told(audit(options, request)));
  }
  DossierCheck dossiers;
  if (options.rows && !options.on_postgres()) {
    const Shipped shipped = TRY(told(find_shipped()));
    const DossierRules rules = TRY(told(read_dossier_rules(shipped)));
    dossiers = TRY(told(check_dossiers(options.store(), kTenant, rules)));
  }
  const bool whole =
      report.whole() && !leaves_are_lacking(options, report) && dossiers.mismatches.empty();
  if (options.json) {
    print_json(options, report, dossiers, whole);
  } else {
    print_words(options, report, dossiers, whole);
  }
  return whole ? kDone : kFindings;
}

// ---------------------------------------------------------------- prove

// The store, as this program has it: looking at a proof must not bring a store to a new schema.
Answer<std::unique_ptr<casework::Store>> open_present_store(const Options& options) {
  TRY(need_store(options));
  {
    const auto image = TRY(told(storage::sqlite::StoreImage::open(
        options.store(), storage::sqlite::StoreImage::Kind::live)));
    if (image.schema() != storage::sqlite::newest_schema()) {
      return refuse({base::FaultCode::invalid, options.store() +
                                                   " is of an earlier program: start the server "
                                                   "once, so that it is brought up to date"});
    }
  }
  return told(storage::sqlite::open_store(options.store(), kTenant));
}

// Who read the content: only the system's account is known here.
Answer<base::Done> journal_reading(casework::Store& store, const std::string& subject,
                                   std::int64_t sequence) {
  calendar::SystemClock clock;
  return told(store.record_accesses(
      {{.at = clock.now(),
        .actor = {.kind = dossier::ActorKind::system,
                  .id = {},
                  .name = "motcua journal prove, uid " + std::to_string(::getuid()),
                  .agency = {}},
        .dossier = subject,
        .what = "proof:" + std::to_string(sequence),
        .why = "command-line"}}));
}

Answer<base::Done> write_answer(const Options& options, const std::string& text) {
  if (options.file.empty()) {
    std::cout << text;
    return base::Done{};
  }
  std::ofstream out(options.file, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (out) return base::Done{};
  return refuse({base::FaultCode::internal, "cannot write " + options.file});
}

Answer<int> prove(const Options& options) {
  const std::unique_ptr<casework::Store> store = TRY(open_present_store(options));
  const auto found = TRY(told(store->find_by_code(options.code)));
  const std::string subject = found.value_or(options.code);
  const auto proof =
      TRY(told(casework::prove(*store, kTenant, subject, options.sequence, options.opening)));
  if (!proof) {
    return refuse(
        {base::FaultCode::unavailable,
         options.in({"bản ghi đã có trong sổ, nhưng chưa có đầu cây nào ký cho nó: máy chủ "
                     "ký trong giây lát",
                     "the record is in the journal, but no signed head covers it yet: "
                     "the server signs one in a moment"})});
  }
  if (proof->opening) TRY(journal_reading(*store, subject, options.sequence));
  TRY(write_answer(options, journal::proof_file_text(*proof)));
  return kDone;
}

// ---------------------------------------------------------------- check-proof

Bilingual sentence_of(std::string_view judgement) {
  if (judgement == "good") {
    return {"mọi điều đã kiểm tra đều đúng", "everything that was checked holds"};
  }
  if (judgement == "malformed") {
    return {"tệp không đúng mẫu của bằng chứng", "the file is not a proof by its format"};
  }
  if (judgement == "content-differs") {
    return {"nội dung kèm theo không phải nội dung đã ghi",
            "the content shown is not what was recorded"};
  }
  if (judgement == "unknown-key") {
    return {"không có khóa nào trong số đã cho ký đầu cây",
            "no key that was given signed the head"};
  }
  if (judgement == "bad-signature") {
    return {"chữ ký của một khóa đã cho không đúng", "a signature of a given key does not hold"};
  }
  if (judgement == "not-in-tree") {
    return {"lá không nằm trong cây của đầu cây đã ký", "the leaf is not in the tree of the head"};
  }
  return {"dấu thời gian không đúng với đầu cây", "the time-stamp is not over this head"};
}

std::string_view to_text(journal::Check check) {
  switch (check) {
    case journal::Check::absent:
      return "absent";
    case journal::Check::unchecked:
      return "unchecked";
    case journal::Check::passed:
      return "passed";
    case journal::Check::failed:
      return "failed";
  }
  return "";
}

std::string moment(std::int64_t milliseconds) {
  return calendar::to_iso(calendar::Instant{std::chrono::milliseconds{milliseconds}});
}

object json_of(const journal::ProofFile& proof, const journal::ProofChecks& checks) {
  object json{{"content", to_text(checks.content)},
              {"inclusion", to_text(checks.inclusion)},
              {"signature", to_text(checks.signature)},
              {"timestamp", to_text(checks.timestamp)},
              {"index", proof.index},
              {"origin", checks.head.origin},
              {"size", checks.head.size},
              {"problem", checks.problem}};
  if (const auto leaf = journal::parse_leaf(proof.leaf)) {
    json["leaf"] =
        object{{"tenant", leaf->tenant},     {"kind", leaf->kind},     {"subject", leaf->subject},
               {"sequence", leaf->sequence}, {"at", moment(leaf->at)}, {"type", leaf->type},
               {"number", leaf->number}};
  }
  if (proof.opening && checks.content == journal::Check::passed) {
    json["payload"] = proof.opening->payload;
  }
  if (checks.stamped) {
    json["stamped"] =
        object{{"at", moment(checks.stamped->at)}, {"authority", checks.stamped->authority}};
  }
  return json;
}

// Only what holds is told.
void print_proof(const Options& options, const journal::ProofFile& proof,
                 const journal::ProofChecks& checks) {
  const auto leaf = journal::parse_leaf(proof.leaf);
  if (!leaf) return;
  std::cout << options.in({"Bản ghi: ", "Record: "}) << leaf->kind << ' ' << leaf->subject << ' '
            << leaf->sequence << ", " << leaf->type
            << (leaf->number.empty() ? "" : ", " + std::string{leaf->number}) << ", "
            << moment(leaf->at) << '\n'
            << options.in({"Vị trí ", "Place "}) << proof.index
            << options.in({" trong cây ", " in the tree of "}) << checks.head.size
            << options.in({" lá của ", " leaves of "}) << checks.head.origin << '\n';
  if (checks.content == journal::Check::passed) {
    const journal::Opening& opening = *proof.opening;
    std::cout << options.in({"Người thực hiện: ", "Actor: "}) << opening.actor_name
              << (opening.actor_agency.empty() ? "" : ", " + opening.actor_agency) << '\n'
              << options.in({"Nội dung: ", "Content: "}) << opening.payload << '\n';
  }
  if (checks.stamped) {
    std::cout << options.in({"Dấu thời gian: ", "Time-stamp: "}) << moment(checks.stamped->at)
              << ", " << checks.stamped->authority << '\n';
  } else if (checks.timestamp == journal::Check::unchecked) {
    std::cout << options.in({"Có dấu thời gian; muốn kiểm tra hãy thêm --ca.",
                             "There is a time-stamp; give --ca to have it checked."})
              << '\n';
  }
}

Answer<int> check_proof(const Options& options) {
  const std::vector<journal::VerifierKey> keys = TRY(read_keys(options));
  const std::string ca = TRY(read_ca(options));
  const std::string text = TRY(told(read_text(options.file)));
  const auto proof = journal::parse_proof_file(text);
  const journal::ProofChecks checks =
      proof ? journal::check_proof(*proof, keys, ca) : journal::ProofChecks{};
  const std::string_view judgement = proof ? journal::judgement(checks) : "malformed";
  const bool good = judgement == "good";
  if (options.json) {
    object json = proof ? json_of(*proof, checks) : object{{"problem", proof.error().message}};
    json["judgement"] = judgement;
    std::cout << base::to_text(json) << '\n';
    return good ? kDone : kFindings;
  }
  std::cout << (good ? "good" : "bad: " + std::string{judgement}) << ": "
            << options.in(sentence_of(judgement)) << '\n';
  if (good) {
    print_proof(options, *proof, checks);
  } else {
    std::cout << (proof ? checks.problem : proof.error().message) << '\n';
  }
  return good ? kDone : kFindings;
}

// ---------------------------------------------------------------- export, key

Answer<int> export_tiles(const Options& options) {
  TRY(need_store(options));
  const std::string keys = TRY(read_keys_text(options));
  ProgressLine line(options.in({"xuất sổ ghi", "export"}));
  const JournalExportDone done = TRY(told(
      export_journal({.store = options.store(),
                      .tenant = kTenant,
                      .keys = keys,
                      .to = options.file,
                      .progress = [&line](std::int64_t at, std::int64_t all) { line(at, all); }})));
  if (options.json) {
    std::cout << base::to_text(object{{"size", done.size}, {"files_written", done.files_written}})
              << '\n';
  } else {
    const std::string size = std::to_string(done.size);
    const std::string files = std::to_string(done.files_written);
    std::cout << options.in(
                     {"Đã xuất cây " + size + " lá, ghi " + files + " tệp.",
                      "Exported the tree of " + size + " leaves, wrote " + files + " files."})
              << '\n';
  }
  return kDone;
}

Answer<int> key(const Options& options) {
  TRY(need_store(options));
  if (options.renew) {
    const DataFolder folder = TRY(told(DataFolder::open(options.folder())));
    const FolderHold held = TRY(told(folder.hold()));
    const JournalKeys keys = TRY(told(renew_journal_key(folder.path())));
    std::cout << keys.verifiers;
    return kDone;
  }
  std::cout << TRY(read_keys_text(options));
  return kDone;
}

int status_of(const Answer<int>& answer) {
  return answer ? *answer : answer.error().status;
}

void add_manner(CLI::App& command, Options& options) {
  command.add_flag("--json", options.json, "For programs");
  command.add_option("--lang", options.language, "Language of the answer")
      ->check(CLI::IsMember({"vi", "en"}))
      ->capture_default_str();
}

void add_data(CLI::App& command, Options& options) {
  command.add_option("--data", options.data, "The data folder; a server may be at work there")
      ->required();
}

}  // namespace

void add_journal(CLI::App& program, int& status) {
  CLI::App* group =
      program.add_subcommand("journal", "The journal that nobody can rewrite, and its proofs");
  group->require_subcommand(1);
  const auto add = [&](const char* name, const char* about, Answer<int> (*run)(const Options&)) {
    CLI::App* command = group->add_subcommand(name, about);
    auto options = std::make_shared<Options>();
    command->callback([options, run, &status] { status = status_of(run(*options)); });
    return std::pair{command, options};
  };

  auto [verify_command, verified] =
      add("verify", "Hold every record against the tree, and the tree against saved heads", verify);
  add_data(*verify_command, *verified);
  verify_command
      ->add_option("--store", verified->store_url,
                   "postgres://… of the store; without it SQLite in the data folder")
      ->envname("MOTCUA_STORE");
  verify_command
      ->add_option("--checkpoint", verified->checkpoints,
                   "A checkpoint that was kept elsewhere; may be given again")
      ->take_all();
  verify_command->add_option("--key", verified->key,
                             "Verifier keys, one a line; else DIR/journal.keys");
  verify_command->add_option("--ca", verified->ca,
                             "Certificates (PEM) of who vouches for time-stamps");
  verify_command->add_flag("!--no-rows", verified->rows,
                           "Do not compare the dossiers with their events");
  add_manner(*verify_command, *verified);

  auto [prove_command, proved] = add("prove", "The proof that a record is in the journal", prove);
  add_data(*prove_command, *proved);
  prove_command->add_option("CODE", proved->code, "Code of the dossier")->required();
  prove_command->add_option("--sequence", proved->sequence, "Number of its event")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  prove_command->add_flag("--opening", proved->opening,
                          "With what the record says: personal data; the reading is journalled");
  prove_command->add_option("--out", proved->file, "A file; else stdout");
  prove_command->add_option("--lang", proved->language, "Language of the answer")
      ->check(CLI::IsMember({"vi", "en"}));

  auto [check_command, checked] =
      add("check-proof", "Check a proof file; needs no store and no network", check_proof);
  check_command->add_option("FILE", checked->file, "The proof file")->required();
  check_command->add_option("--key", checked->key, "Verifier keys that are trusted, one a line")
      ->required();
  check_command->add_option("--ca", checked->ca,
                            "Certificates (PEM) of who vouches for time-stamps");
  add_manner(*check_command, *checked);

  auto [export_command, exported] =
      add("export", "Write the tree as static files for a witness", export_tiles);
  add_data(*export_command, *exported);
  export_command->add_option("TO", exported->file, "The folder that is served")->required();
  add_manner(*export_command, *exported);

  auto [key_command, kept] = add("key", "The verifier keys of the journal, one a line", key);
  add_data(*key_command, *kept);
  key_command->add_flag("--new", kept->renew,
                        "Put a new key in the place of the present one; not while a server works");
}

}  // namespace cli
