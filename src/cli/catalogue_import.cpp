#include "cli/catalogue_import.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>

#include "base/json.h"
#include "casework/definition_kinds.h"
#include "catalogue/entry_json.h"
#include "catalogue/finding_text.h"
#include "catalogue/line_reader.h"
#include "catalogue/lint.h"
#include "catalogue/list_reader.h"
#include "catalogue/page_reader.h"
#include "catalogue/spreadsheet_reader.h"
#include "cli/catalogue_store.h"

namespace cli {

namespace {

namespace fs = std::filesystem;
using base::FaultCode;
using casework::definition::kCatalogueEntry;
using catalogue::Entry;
using catalogue::ListRow;

constexpr std::size_t kBatch = 100;
constexpr std::size_t kNotReadMax = 10'000;
constexpr std::size_t kPiece = std::size_t{256} * 1024;

struct ImportFile {
  std::string path;
  std::string name;  // without folders
  std::uint64_t size = 0;
  bool list = false;
};

base::Outcome<std::vector<ImportFile>> found(const std::vector<std::string>& paths) {
  std::vector<ImportFile> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::is_regular_file(path, error)) {
      return base::fault(FaultCode::not_found, path + ": no such file");
    }
    ImportFile file{path, fs::path(path).filename().string(), fs::file_size(path, error), false};
    if (error) return base::fault(FaultCode::not_found, path + ": cannot be read");
    std::ifstream in(path, std::ios::binary);
    std::string head(2, '\0');
    in.read(head.data(), 2);
    file.list = head == "PK";
    files.push_back(std::move(file));
  }
  return files;
}

base::Failure<base::Fault> refused(const ImportFile& file, base::Fault fault,
                                   const std::string& remedy) {
  fault.message = file.path + ": " + fault.message + ". " + remedy;
  return base::Failure{std::move(fault)};
}

constexpr const char* kRemedy = "Nothing was imported. Fetch the file again, or leave it out";

// All lines of a page file.
base::Outcome<base::Done> read_lines(const ImportFile& file,
                                     const catalogue::LineReader::Visit& visit,
                                     const std::function<void(std::uint64_t)>& read) {
  std::ifstream in(file.path, std::ios::binary);
  if (!in) {
    return refused(file, {FaultCode::not_found, "the file cannot be opened"}, kRemedy);
  }
  catalogue::LineReader reader(visit);
  std::string piece(kPiece, '\0');
  while (in) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto size = static_cast<std::size_t>(in.gcount());
    if (size == 0) break;
    auto more = reader.push({piece.data(), size});
    if (!more) {
      base::Fault fault = std::move(more).error();
      fault.message = "line " + std::to_string(reader.lines() + 1) + ": " + fault.message;
      return refused(file, std::move(fault), kRemedy);
    }
    if (!*more) return base::Done{};
    read(size);
  }
  auto done = reader.finish();
  if (!done) return refused(file, std::move(done).error(), kRemedy);
  return base::Done{};
}

base::Outcome<catalogue::ProcedureList> read_whole_list(const ImportFile& file) {
  if (file.size > catalogue::SpreadsheetLimits{}.packed_bytes) {
    return refused(file, {FaultCode::exhausted, "the .xlsx file is too large"}, kRemedy);
  }
  std::string bytes(file.size, '\0');
  std::ifstream in(file.path, std::ios::binary);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  auto list = catalogue::read_list(bytes, file.name);
  if (!list) return refused(file, std::move(list).error(), kRemedy);
  return list;
}

class Import {
 public:
  Import(casework::Store& store, calendar::Instant now,
         const std::function<void(const ImportProgress&)>& progress)
      : store_(store), now_(now), tell_(progress) {}

  base::Outcome<ImportReport> run(const std::vector<ImportFile>& files) {
    for (const ImportFile& file : files) progress_.bytes_all += 2 * file.size;
    for (const ImportFile& file : files) TRY(try_file(file));
    TRY(load_stored());
    for (const ImportFile& file : files) {
      if (!file.list) TRY(read_pages(file));
    }
    for (const auto& [code, row] : rows_) {
      if (!seen_.contains(code)) TRY(take_row(row));
    }
    TRY(flush());
    report_.findings += static_cast<std::int64_t>(report_.not_read.size());
    return std::move(report_);
  }

 private:
  // First pass: can it be read to its end?
  base::Outcome<base::Done> try_file(const ImportFile& file) {
    if (file.list) {
      catalogue::ProcedureList list = TRY(read_whole_list(file));
      for (ListRow& row : list.rows) {
        const auto [first, fresh] = rows_.emplace(row.code, row);
        if (!fresh && first->second.name != row.name) {
          not_read(catalogue::record_twice_in(row.source, catalogue::entry_of(first->second)));
        }
      }
      for (catalogue::Finding& finding : list.findings) not_read(std::move(finding));
      advance(2 * file.size);
      return base::Done{};
    }
    std::optional<int> long_line;
    const auto whole = read_lines(
        file,
        [&long_line](const catalogue::Line& line) {
          if (line.too_long) long_line = line.number;
          return !line.too_long;
        },
        [this](std::uint64_t bytes) { advance(bytes); });
    if (!whole) return base::Failure{whole.error()};
    if (long_line) {
      return refused(
          file,
          {FaultCode::exhausted, "line " + std::to_string(*long_line) + " is longer than 8 MiB"},
          kRemedy);
    }
    return base::Done{};
  }

  base::Outcome<base::Done> load_stored() {
    std::string after;
    while (true) {
      const auto rows = TRY(store_.definitions(
          {.kind = kCatalogueEntry, .after_key = after, .limit = 2000, .with_body = false}));
      if (rows.empty()) return base::Done{};
      for (const casework::DefinitionRow& row : rows) {
        stored_[row.key] = {row.version, row.digest};
      }
      after = rows.back().key;
    }
  }

  base::Outcome<base::Done> read_pages(const ImportFile& file) {
    std::optional<base::Fault> failed;
    TRY(read_lines(
        file,
        [&](const catalogue::Line& line) {
          if (line.text.find_first_not_of(" \t") == std::string_view::npos) return true;
          const catalogue::Source source{file.name, line.number};
          auto page = catalogue::read_page(line.text, source);
          if (!page) {
            not_read(catalogue::unreadable(source, page.error().message, line.text.substr(0, 200)));
            return true;
          }
          const auto taken = take_page(std::move(page).value());
          if (!taken) failed = taken.error();
          return !failed.has_value();
        },
        [this](std::uint64_t bytes) { advance(bytes); }));
    if (failed) return base::Failure{*failed};
    return base::Done{};
  }

  base::Outcome<base::Done> take_page(Entry page) {
    const auto [first, fresh] = seen_.emplace(page.code, page.content_hash);
    if (!fresh) {
      if (first->second != page.content_hash) {
        not_read(catalogue::record_twice_in(page.source, page));
      }
      return base::Done{};
    }
    if (const auto row = rows_.find(page.code); row != rows_.end()) {
      return keep(catalogue::joined(std::move(page), row->second));
    }
    // A list that was imported before still stands beside it.
    if (stored_.contains(page.code)) {
      const auto before = TRY(find_entry(store_, page.code));
      if (before && before->entry.listed) {
        return keep(catalogue::joined(std::move(page), *before->entry.listed));
      }
    }
    return keep(std::move(page));
  }

  // A list row without a page in this run.
  base::Outcome<base::Done> take_row(const ListRow& row) {
    seen_.emplace(row.code, "");
    if (stored_.contains(row.code)) {
      auto before = TRY(find_entry(store_, row.code));
      if (before && !before->entry.list_only) {
        return keep(catalogue::joined(std::move(before->entry), row));
      }
    }
    return keep(catalogue::entry_of(row));
  }

  base::Outcome<base::Done> keep(Entry entry) {
    ++report_.procedures;
    report_.tally += catalogue::tally(entry);
    report_.findings += static_cast<std::int64_t>(catalogue::lint(entry).size());
    progress_.procedures = report_.procedures;
    const std::string digest = catalogue::definition_digest(entry);
    const auto before = stored_.find(entry.code);
    if (before != stored_.end() && before->second.digest == digest) {
      ++report_.unchanged;
      return base::Done{};
    }
    batch_.push_back({.kind = kCatalogueEntry,
                      .key = entry.code,
                      .version = before == stored_.end() ? 1 : before->second.version + 1,
                      .at = now_,
                      .actor = {dossier::ActorKind::system, "", "motcua catalogue import", ""},
                      .digest = digest,
                      .body = base::to_text(catalogue::to_json(entry))});
    if (batch_.size() >= kBatch) TRY(flush());
    return base::Done{};
  }

  base::Outcome<base::Done> flush() {
    if (batch_.empty()) return base::Done{};
    auto saved = store_.save_definitions(batch_);
    if (!saved) {
      base::Fault fault = std::move(saved).error();
      fault.message += "; what was committed stays: run the import again and it goes on";
      return base::Failure{std::move(fault)};
    }
    batch_.clear();
    return base::Done{};
  }

  void not_read(catalogue::Finding finding) {
    if (report_.not_read.size() < kNotReadMax) report_.not_read.push_back(std::move(finding));
  }

  void advance(std::uint64_t bytes) {
    progress_.bytes += bytes;
    if (tell_) tell_(progress_);
  }

  struct Stored {
    std::int64_t version = 0;
    std::string digest;
  };

  casework::Store& store_;
  calendar::Instant now_;
  const std::function<void(const ImportProgress&)>& tell_;
  ImportProgress progress_;
  ImportReport report_;
  std::map<std::string, ListRow> rows_;
  std::map<std::string, std::string> seen_;  // code, content hash
  std::map<std::string, Stored> stored_;
  std::vector<casework::DefinitionRow> batch_;
};

}  // namespace

base::Outcome<ImportReport> import_catalogue(
    casework::Store& store, const std::vector<std::string>& files, calendar::Instant now,
    const std::function<void(const ImportProgress&)>& progress) {
  const std::vector<ImportFile> all = TRY(found(files));
  return Import(store, now, progress).run(all);
}

}  // namespace cli
