// backup_commands.cpp - motcua backup, motcua restore, motcua verify: words and figures around
// backup.h, restore.h and verify.h.
#include <iostream>

#include <boost/json.hpp>
#include <unistd.h>

#include "base/json.h"
#include "cli/backup.h"
#include "cli/manners.h"
#include "cli/restore.h"
#include "cli/subcommand.h"
#include "cli/verify.h"
#include "storage/sqlite/migrations.h"

namespace cli {

namespace {

using calendar::Bilingual;
using calendar::Language;

struct Manner {
  std::string language = "vi";
  bool json = false;

  [[nodiscard]] const std::string& in(const Bilingual& text) const {
    return text.in(language == "en" ? Language::english : Language::vietnamese);
  }
};

void add_manner(CLI::App& command, Manner& manner) {
  command.add_flag("--json", manner.json, "For programs");
  command.add_option("--lang", manner.language, "Language of the answer")
      ->check(CLI::IsMember({"vi", "en"}))
      ->capture_default_str();
}

// One line that is written over, where somebody watches.
class ProgressLine {
 public:
  explicit ProgressLine(const Manner& manner)
      : manner_(manner), watched_(::isatty(STDERR_FILENO) != 0) {}
  ~ProgressLine() {
    if (shown_) std::cerr << "\r\033[K" << std::flush;
  }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void operator()(BackupStage stage, std::int64_t done, std::int64_t all) {
    if (!watched_) return;
    const std::int64_t percent = all > 0 ? done * 100 / all : 100;
    if (shown_ && stage == stage_ && percent == percent_) return;
    stage_ = stage;
    percent_ = percent;
    shown_ = true;
    std::cerr << "\r\033[K" << manner_.in(name_of(stage)) << ": " << percent << " %" << std::flush;
  }

 private:
  static Bilingual name_of(BackupStage stage) {
    switch (stage) {
      case BackupStage::store:
        return {"kho dữ liệu", "store"};
      case BackupStage::papers:
        return {"giấy tờ", "papers"};
      case BackupStage::checks:
        return {"kiểm tra", "checks"};
    }
    return {};
  }

  const Manner& manner_;
  bool watched_;
  bool shown_ = false;
  BackupStage stage_{};
  std::int64_t percent_ = -1;
};

BackupProgress shown_by(ProgressLine& line) {
  return
      [&line](BackupStage stage, std::int64_t done, std::int64_t all) { line(stage, done, all); };
}

std::string megabytes(std::int64_t bytes, const Manner& manner) {
  const std::int64_t tenths = (bytes * 10 + 500'000) / 1'000'000;
  return std::to_string(tenths / 10) + (manner.language == "en" ? "." : ",") +
         std::to_string(tenths % 10) + " MB";
}

std::int64_t seconds_since(calendar::Instant at) {
  calendar::SystemClock clock;
  return std::chrono::duration_cast<std::chrono::seconds>(clock.now() - at).count();
}

base::json::value last_event_json(const BackupManifest& manifest) {
  if (!manifest.last_event.has_value()) return nullptr;
  return base::json::object{{"at", calendar::to_iso(manifest.last_event->at)},
                            {"code", manifest.last_event->code},
                            {"type", manifest.last_event->type},
                            {"age_seconds", seconds_since(manifest.last_event->at)}};
}

base::json::object rows_json(const BackupManifest& manifest) {
  base::json::object rows;
  for (const auto& [table, count] : manifest.rows) rows[table] = count;
  return rows;
}

base::json::array findings_json(const std::vector<Finding>& findings) {
  base::json::array list;
  for (const Finding& finding : findings) {
    const Bilingual text = explain(finding);
    list.push_back(base::json::object{{"code", code_of(finding.disorder)},
                                      {"subject", finding.subject},
                                      {"message", {{"vi", text.vi}, {"en", text.en}}}});
  }
  return list;
}

void print_findings(const std::vector<Finding>& findings, const Manner& manner) {
  for (const Finding& finding : findings) {
    std::cout << manner.in({"SAI     ", "WRONG   "}) << manner.in(explain(finding)) << '\n';
  }
}

void print_last_event(const BackupManifest& manifest, const Manner& manner) {
  if (!manifest.last_event.has_value()) {
    std::cout << manner.in({"Chưa có sự kiện nào.", "There is no event yet."}) << '\n';
    return;
  }
  const std::int64_t age = seconds_since(manifest.last_event->at);
  const std::string hours = std::to_string(age / 3600);
  const std::string minutes = std::to_string(age / 60 % 60);
  const std::string at = calendar::to_iso(manifest.last_event->at);
  std::cout << manner.in({"Sự kiện cuối cùng: " + manifest.last_event->code + " (" +
                              manifest.last_event->type + ") lúc " + at + ", cách đây " + hours +
                              " giờ " + minutes + " phút.",
                          "Last event: " + manifest.last_event->code + " (" +
                              manifest.last_event->type + ") at " + at + ", " + hours + " h " +
                              minutes + " min ago."})
            << '\n';
}

std::int64_t rows_of(const BackupManifest& manifest, const std::string& table) {
  const auto found = manifest.rows.find(table);
  return found == manifest.rows.end() ? 0 : found->second;
}

// "12 hồ sơ, 60 sự kiện, 7 giấy tờ (1,2 MB)"
std::string figures(const BackupManifest& manifest, std::int64_t papers, std::int64_t bytes,
                    const Manner& manner) {
  const std::string dossiers = std::to_string(rows_of(manifest, "dossier"));
  const std::string events = std::to_string(rows_of(manifest, "event"));
  const std::string size = std::to_string(papers);
  return manner.in({dossiers + " hồ sơ, " + events + " sự kiện, " + size + " giấy tờ (" +
                        megabytes(bytes, manner) + ")",
                    dossiers + " dossiers, " + events + " events, " + size + " papers (" +
                        megabytes(bytes, manner) + ")"});
}

// ---------------------------------------------------------------- backup

struct BackupWords {
  BackupOptions options;
  Manner manner;
};

int run_backup(const BackupWords& words) {
  calendar::SystemClock clock;
  const auto done = [&] {
    ProgressLine line(words.manner);
    return take_backup(words.options, clock, shown_by(line));
  }();
  if (!done) return report(done.error());
  const BackupManifest& manifest = done->manifest;
  const ManifestFile* image = manifest.find(kStoreImageName);
  const std::int64_t image_size = image == nullptr ? 0 : image->size;
  const std::string place = (words.options.to / done->generation).string();
  if (words.manner.json) {
    base::json::array pruned(done->pruned.begin(), done->pruned.end());
    std::cout << base::to_text(base::json::object{{"generation", done->generation},
                                                  {"folder", place},
                                                  {"taken_at", calendar::to_iso(manifest.taken_at)},
                                                  {"schema", manifest.schema},
                                                  {"store_bytes", image_size},
                                                  {"papers", manifest.papers},
                                                  {"paper_bytes", manifest.paper_bytes},
                                                  {"papers_copied", done->papers_copied},
                                                  {"bytes_copied", done->bytes_copied},
                                                  {"last_event", last_event_json(manifest)},
                                                  {"rows", rows_json(manifest)},
                                                  {"pruned", std::move(pruned)},
                                                  {"papers_pruned", done->papers_pruned},
                                                  {"findings", findings_json(done->findings)}})
              << '\n';
  } else {
    const Manner& manner = words.manner;
    std::cout << manner.in({"Đã sao lưu vào ", "Backed up to "}) << place << ": "
              << figures(manifest, manifest.papers, manifest.paper_bytes, manner) << '\n'
              << manner.in({"Kho dữ liệu " + megabytes(image_size, manner) + ", chép mới " +
                                std::to_string(done->papers_copied) + " giấy tờ (" +
                                megabytes(done->bytes_copied, manner) + ").",
                            "Store " + megabytes(image_size, manner) + ", copied " +
                                std::to_string(done->papers_copied) + " papers (" +
                                megabytes(done->bytes_copied, manner) + ")."})
              << '\n';
    print_last_event(manifest, manner);
    for (const std::string& name : done->pruned) {
      std::cout << manner.in({"Đã xóa bản cũ ", "Removed the old "}) << name << '\n';
    }
    print_findings(done->findings, manner);
  }
  return done->findings.empty() ? kDone : kFindings;
}

// ---------------------------------------------------------------- restore

struct RestoreWords {
  RestoreOptions options;
  Manner manner;
};

int run_restore(const RestoreWords& words) {
  calendar::SystemClock clock;
  const auto restored = [&] {
    ProgressLine line(words.manner);
    return restore(words.options, clock, shown_by(line));
  }();
  if (!restored) return report(restored.error());
  const Verified& verified = restored->verified;
  const BackupManifest& manifest = verified.manifest;
  const bool older = manifest.schema < storage::sqlite::newest_schema();
  if (words.manner.json) {
    std::cout << base::to_text(base::json::object{{"restored", restored->done},
                                                  {"generation", verified.generation},
                                                  {"taken_at", calendar::to_iso(manifest.taken_at)},
                                                  {"program", manifest.program},
                                                  {"schema", manifest.schema},
                                                  {"migrates_at_start", older},
                                                  {"papers", verified.papers},
                                                  {"paper_bytes", verified.paper_bytes},
                                                  {"leaves", verified.leaves},
                                                  {"last_event", last_event_json(manifest)},
                                                  {"rows", rows_json(manifest)},
                                                  {"moved_to", restored->moved_to.string()},
                                                  {"findings", findings_json(verified.findings)}})
              << '\n';
  } else {
    const Manner& manner = words.manner;
    print_findings(verified.findings, manner);
    if (restored->done) {
      std::cout << manner.in({"Đã khôi phục bản ", "Restored "}) << verified.generation
                << manner.in({" vào ", " into "}) << words.options.data.string() << ": "
                << figures(manifest, verified.papers, verified.paper_bytes, manner) << '\n';
      print_last_event(manifest, manner);
      std::cout << manner.in({"Hồ sơ nộp và xử lý sau thời điểm đó không có trong bản này: xem "
                              "docs/OPERATIONS.md, “Sau khi khôi phục”.",
                              "What was filed or done after that moment is not in it: see "
                              "docs/OPERATIONS.md, \"After a restore\"."})
                << '\n';
      if (older) {
        std::cout << manner.in({"Kho dữ liệu có cấu trúc cũ (" + std::to_string(manifest.schema) +
                                    ") và được nâng cấp ở lần chạy tới.",
                                "The store has an earlier schema (" +
                                    std::to_string(manifest.schema) +
                                    ") and is brought up at the next start."})
                  << '\n';
      }
      if (!restored->moved_to.empty()) {
        std::cout << manner.in({"Thư mục cũ đã chuyển sang ", "The old folder was moved to "})
                  << restored->moved_to.string() << '\n';
      }
    } else {
      std::cout << manner.in({"Không khôi phục gì: bản " + verified.generation +
                                  " không nguyên vẹn. Hãy chọn bản khác bằng --generation, hoặc "
                                  "--accept-losses nếu chỉ thiếu giấy tờ hay khóa.",
                              "Nothing was restored: " + verified.generation +
                                  " is not whole. Choose another one with --generation, or "
                                  "--accept-losses where only papers or a key are lost."})
                << '\n';
    }
  }
  return verified.good() ? kDone : kFindings;
}

// ---------------------------------------------------------------- verify

struct VerifyWords {
  std::string from;
  std::string generation;
  std::string data;
  Manner manner;
};

base::Outcome<Verified> verify(const VerifyWords& words, const BackupProgress& progress) {
  if (!words.data.empty()) return verify_data(words.data, progress);
  const BackupPlace place = TRY(BackupPlace::open(words.from));
  const std::string name = TRY(place.choose(words.generation));
  return verify_generation(place, name, Papers::read, progress);
}

int run_verify(const VerifyWords& words) {
  if (words.from.empty() == words.data.empty()) {
    return report_usage("verify wants either the folder of a backup or --data DIR");
  }
  const auto verified = [&] {
    ProgressLine line(words.manner);
    return verify(words, shown_by(line));
  }();
  if (!verified) return report(verified.error());
  const BackupManifest& manifest = verified->manifest;
  if (words.manner.json) {
    std::cout << base::to_text(base::json::object{{"good", verified->good()},
                                                  {"generation", verified->generation},
                                                  {"schema", manifest.schema},
                                                  {"papers", verified->papers},
                                                  {"paper_bytes", verified->paper_bytes},
                                                  {"leaves", verified->leaves},
                                                  {"last_event", last_event_json(manifest)},
                                                  {"rows", rows_json(manifest)},
                                                  {"findings", findings_json(verified->findings)}})
              << '\n';
  } else {
    const Manner& manner = words.manner;
    print_findings(verified->findings, manner);
    const std::string what = verified->generation.empty() ? words.data : verified->generation;
    if (verified->good()) {
      std::cout << manner.in({"Nguyên vẹn: ", "Whole: "}) << what << ", "
                << figures(manifest, verified->papers, verified->paper_bytes, manner) << ", "
                << manner.in({std::to_string(verified->leaves) + " mục sổ ghi",
                              std::to_string(verified->leaves) + " leaves of the journal"})
                << '\n';
      print_last_event(manifest, manner);
    } else {
      std::cout << manner.in({"Không nguyên vẹn: ", "Not whole: "}) << what << '\n';
    }
  }
  return verified->good() ? kDone : kFindings;
}

}  // namespace

void add_backup(CLI::App& program, int& status) {
  {
    CLI::App* command =
        program.add_subcommand("backup", "Back up a data folder, also while a server works in it");
    auto words = std::make_shared<BackupWords>();
    words->options.data = "motcua-data";
    command->add_option("--data", words->options.data, "Folder of the store")
        ->capture_default_str();
    command->add_option("TO", words->options.to, "Folder of the backups; created if absent")
        ->required();
    command
        ->add_option("--keep", words->options.keep,
                     "So many generations are kept, and the papers they name; 0: all")
        ->check(CLI::Range(0, 100'000))
        ->capture_default_str();
    add_manner(*command, words->manner);
    command->callback([words, &status] { status = run_backup(*words); });
  }
  {
    CLI::App* command = program.add_subcommand("restore", "Put a backup into an empty data folder");
    auto words = std::make_shared<RestoreWords>();
    command->add_option("FROM", words->options.from, "Folder of the backups")->required();
    command->add_option("--data", words->options.data, "Folder to restore into; created if absent")
        ->required();
    command->add_option("--generation", words->options.generation,
                        "Which one, e.g. 2026-08-20T100000Z; else the newest");
    command->add_flag("--force", words->options.force,
                      "Move a folder that is not empty aside, to DIR.before-TIME");
    command->add_flag("--accept-losses", words->options.accept_losses,
                      "Restore although papers or a key are lost; they are named");
    add_manner(*command, words->manner);
    command->callback([words, &status] { status = run_restore(*words); });
  }
  {
    CLI::App* command = program.add_subcommand(
        "verify", "Hold a backup or a data folder against itself: store, journal, every paper");
    auto words = std::make_shared<VerifyWords>();
    command->add_option("FROM", words->from, "Folder of the backups");
    command->add_option("--generation", words->generation, "Which one; else the newest");
    command->add_option("--data", words->data, "A data folder instead; a server may be at work");
    add_manner(*command, words->manner);
    command->callback([words, &status] { status = run_verify(*words); });
  }
}

}  // namespace cli
