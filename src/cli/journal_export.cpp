#include "cli/journal_export.h"

#include <cerrno>
#include <cstring>
#include <set>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "casework/journal_record.h"
#include "cli/data_folder.h"
#include "journal/checkpoint.h"
#include "journal/tiles_export.h"
#include "storage/sqlite/store_image.h"

namespace cli {

namespace {

namespace fs = std::filesystem;
using journal::ExportFile;
using storage::sqlite::StoreImage;

constexpr mode_t kReadableByAll = 0644;

base::Failure<base::Fault> cannot_write(const fs::path& file) {
  return base::fault(base::FaultCode::internal,
                     "cannot write " + file.string() + ": " + std::strerror(errno));
}

base::Outcome<base::Done> write_in_place(const fs::path& file, std::string_view text) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  const fs::path beside = file.string() + ".new";
  const int descriptor =
      ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kReadableByAll);
  if (descriptor < 0) return cannot_write(file);
  bool written = true;
  while (written && !text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    written = count > 0;
    if (written) text.remove_prefix(static_cast<std::size_t>(count));
  }
  // Whatever the umask of the program: these files are for everybody.
  written = written && ::fchmod(descriptor, kReadableByAll) == 0 && ::fsync(descriptor) == 0;
  ::close(descriptor);
  if (!written || ::rename(beside.c_str(), file.c_str()) != 0) return cannot_write(file);
  return base::Done{};
}

bool is_there(const fs::path& file, std::optional<std::uintmax_t> size) {
  std::error_code error;
  const auto found = fs::file_size(file, error);
  return !error && (!size.has_value() || found == *size);
}

class Export {
 public:
  Export(const JournalExportRequest& request, const StoreImage& image)
      : request_(request), image_(image), tree_(image.tree(request.tenant)) {}

  base::Outcome<JournalExportDone> run() {
    const std::vector<casework::HeadRow> heads = TRY(image_.heads(request_.tenant));
    if (heads.empty()) {
      return base::fault(base::FaultCode::unavailable,
                         "no head of the journal is signed yet: the server signs the first one");
    }
    const std::string& checkpoint = heads.back().checkpoint;
    const journal::TreeHead head = TRY(journal::parse_checkpoint(checkpoint)).head;
    const journal::Hash root = TRY(tree_.root_at(head.size));
    if (root != head.root) return damaged();
    TRY(goes_on(head));

    std::vector<ExportFile> bundles;
    for (const ExportFile& file : journal::files_between(0, head.size)) {
      if (file.level == ExportFile::kEntriesLevel) {
        if (!is_there(request_.to / file.path(), std::nullopt)) bundles.push_back(file);
      } else {
        TRY(write_tile(file));
      }
    }
    TRY(write_bundles(bundles));
    TRY(write_if_other("keys", request_.keys));
    TRY(write_if_other("checkpoint", checkpoint));
    done_.size = head.size;
    return done_;
  }

 private:
  static base::Failure<base::Fault> damaged() {
    return base::fault(base::FaultCode::corrupt,
                       "the journal is not what its signed heads say: run motcua journal verify");
  }

  // What was exported before has to be the beginning of this tree.
  base::Outcome<base::Done> goes_on(const journal::TreeHead& head) {
    const fs::path file = request_.to / "checkpoint";
    std::error_code error;
    if (!fs::exists(file, error)) return base::Done{};
    const std::string text = TRY(read_text(file));
    const journal::TreeHead before = TRY(journal::parse_checkpoint(text)).head;
    const bool fits = before.origin == head.origin && before.size <= head.size &&
                      TRY(tree_.root_at(before.size)) == before.root;
    if (fits) return base::Done{};
    return base::fault(base::FaultCode::conflict,
                       request_.to.string() +
                           " holds a tree that this journal does not go on from: one of them was "
                           "changed; run motcua journal verify --checkpoint " +
                           file.string());
  }

  base::Outcome<base::Done> write_tile(const ExportFile& tile) {
    const fs::path file = request_.to / tile.path();
    const auto size = static_cast<std::uintmax_t>(tile.width) * sizeof(journal::Hash);
    if (is_there(file, size)) return base::Done{};
    const std::string hashes = TRY(journal::tile_content(tree_, tile));
    return write(tile, hashes);
  }

  base::Outcome<base::Done> write(const ExportFile& file, std::string_view text) {
    TRY(write_in_place(request_.to / file.path(), text));
    ++done_.files_written;
    if (file.width == journal::kTileWidth) {
      // Its partial forerunners are not needed any more.
      std::error_code ignored;
      fs::remove_all(request_.to / (file.path() + ".p"), ignored);
    }
    return base::Done{};
  }

  // One walk through the records, in their order, for all bundles.
  base::Outcome<base::Done> write_bundles(const std::vector<ExportFile>& bundles) {
    if (bundles.empty()) return base::Done{};
    std::size_t at = 0;
    std::string text;
    std::int64_t next = bundles.front().number * journal::kTileWidth;
    base::Outcome<base::Done> written = base::Done{};
    const auto take = [&](const casework::JournalRecord& record) -> base::Outcome<bool> {
      if (request_.progress && record.index % journal::kTileWidth == 0) {
        request_.progress(record.index,
                          bundles.back().number * journal::kTileWidth + bundles.back().width);
      }
      if (record.index < next) return true;
      const std::string leaf = journal::leaf_text(casework::leaf_of(request_.tenant, record));
      if (record.index != next ||
          casework::bytes_of(journal::hash_leaf(leaf)) != record.leaf_hash) {
        return damaged();
      }
      journal::append_entry(text, leaf);
      ++next;
      if (next < bundles[at].number * journal::kTileWidth + bundles[at].width) return true;
      TRY(write(bundles[at], text));
      text.clear();
      if (++at == bundles.size()) return false;
      next = bundles[at].number * journal::kTileWidth;
      return true;
    };
    TRY(image_.each_record(request_.tenant, [&](const casework::JournalRecord& record) {
      const auto more = take(record);
      if (!more) written = base::Failure{more.error()};
      return more.value_or(false);
    }));
    TRY(written);
    if (at < bundles.size()) return damaged();
    return base::Done{};
  }

  base::Outcome<base::Done> write_if_other(const char* name, const std::string& text) {
    const fs::path file = request_.to / name;
    std::error_code error;
    if (fs::exists(file, error) && TRY(read_text(file)) == text) return base::Done{};
    TRY(write_in_place(file, text));
    ++done_.files_written;
    return base::Done{};
  }

  const JournalExportRequest& request_;
  const StoreImage& image_;
  journal::StoredTree tree_;
  JournalExportDone done_;
};

}  // namespace

base::Outcome<JournalExportDone> export_journal(const JournalExportRequest& request) {
  const auto image = TRY(StoreImage::open(request.store, StoreImage::Kind::live));
  return Export{request, image}.run();
}

}  // namespace cli
