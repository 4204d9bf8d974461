#include "documents/archive_inspection.h"

#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include <archive.h>
#include <archive_entry.h>

#include "base/text.h"
#include "documents/office_parts.h"
#include "documents/zip_directory.h"

namespace documents::internal {
namespace {

using base::Done;
using base::Failure;
using base::Result;

struct CloseArchive {
  void operator()(archive* open) const { archive_read_free(open); }
};

// A name that a program which unpacks could take for a way out, or that shows as another one.
bool is_unsafe_name(std::string_view name) {
  constexpr std::size_t kLongest = 512, kDeepest = 32;
  if (name.empty() || name.size() > kLongest) return true;
  if (name.front() == '/' || name.front() == '\\') return true;
  if (name.size() >= 2 && name[1] == ':') return true;
  for (const char c : name) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return true;
  }
  std::size_t parts = 0;
  while (!name.empty()) {
    const std::size_t end = name.find_first_of("/\\");
    const std::string_view part = name.substr(0, end);
    // Windows takes "..." and ".. " for "..".
    if (part.starts_with("..") && part.find_first_not_of(". ") == std::string_view::npos) {
      return true;
    }
    if (++parts > kDeepest) return true;
    name = end == std::string_view::npos ? std::string_view{} : name.substr(end + 1);
  }
  return false;
}

// Names that one file system or another takes for the same.
std::string folded(std::string_view name) {
  std::string text = base::is_utf8(name) ? base::to_nfc(name) : std::string{name};
  std::ranges::replace(text, '\\', '/');
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  while (text.ends_with('/')) text.pop_back();
  return text;
}

// Members' names for people: as text, not too long.
std::string shown(std::string_view name) {
  std::string text = base::is_utf8(name) ? base::to_one_line(name) : std::string{"?"};
  constexpr std::size_t kLongest = 80;
  if (text.size() > kLongest) {
    text.resize(kLongest);
    while (!base::is_utf8(text)) text.pop_back();
    text += "…";
  }
  return text;
}

class Inspection {
 public:
  Inspection(std::string_view bytes, MediaType type, const InspectionRules& rules,
             ArchiveBudget& budget)
      : bytes_(bytes), type_(type), rules_(rules), budget_(budget) {}

  Result<Done, RefusedFile> run() {
    if (budget_.depth > rules_.archive.depth) return refuse(FileRefusal::archive_too_deep);
    TRY(check_directory());
    OfficeParts parts(type_);
    TRY(unpack(parts));
    if (type_ == MediaType::zip) return Done{};
    if (auto missing = parts.check_complete(); !missing) return Failure{missing.error()};
    return Done{};
  }

 private:
  [[nodiscard]] Failure<RefusedFile> refuse(FileRefusal refusal,
                                            std::string_view member = {}) const {
    return Failure{RefusedFile{.refusal = refusal,
                               .seems = kind_of_content(bytes_.substr(0, 65'536)),
                               .detail = member.empty() ? std::string{} : shown(member)}};
  }

  Result<Done, RefusedFile> check_directory() {
    const ArchiveLimits& limits = rules_.archive;
    const std::size_t left = limits.entries - std::min(limits.entries, budget_.entries);
    const auto entries = read_zip_directory(bytes_, left);
    if (!entries) {
      switch (entries.error()) {
        case ZipFlaw::no_directory:
          return refuse(FileRefusal::truncated);
        case ZipFlaw::inconsistent:
          return refuse(FileRefusal::archive_inconsistent);
        case ZipFlaw::too_many_entries:
          return refuse(FileRefusal::archive_too_many_entries);
      }
    }
    if (entries->empty()) return refuse(FileRefusal::empty);
    budget_.entries += entries->size();
    std::uint64_t promised = 0;
    std::set<std::string> names;
    for (const ZipEntry& entry : *entries) {
      if (entry.is_special) return refuse(FileRefusal::archive_link, entry.name);
      if (is_unsafe_name(entry.name)) return refuse(FileRefusal::archive_unsafe_name, entry.name);
      if (entry.is_encrypted) return refuse(FileRefusal::encrypted, entry.name);
      // Stored or deflated, which every program reads alike.
      if (entry.method != 0 && entry.method != 8) {
        return refuse(FileRefusal::archive_inconsistent, entry.name);
      }
      if (!names.insert(folded(entry.name)).second) {
        return refuse(FileRefusal::archive_duplicate_name, entry.name);
      }
      promised += std::min(entry.size, limits.unpacked_bytes + 1);
      if (budget_.unpacked + promised > limits.unpacked_bytes) {
        return refuse(FileRefusal::archive_too_large);
      }
    }
    return Done{};
  }

  // What is unpacked counts, not what the directory promised.
  Result<Done, RefusedFile> spend(std::size_t size) {
    budget_.unpacked += size;
    if (budget_.unpacked > rules_.archive.unpacked_bytes) {
      return refuse(FileRefusal::archive_too_large);
    }
    constexpr std::uint64_t kSmall = 1'000'000;  // a megabyte harms nobody
    if (budget_.unpacked > kSmall && budget_.unpacked / rules_.archive.ratio > budget_.packed) {
      return refuse(FileRefusal::archive_ratio);
    }
    return Done{};
  }

  Result<Done, RefusedFile> unpack(OfficeParts& parts) {
    const std::unique_ptr<archive, CloseArchive> zip(archive_read_new());
    archive_read_support_format_zip_seekable(zip.get());
    if (archive_read_open_memory(zip.get(), bytes_.data(), bytes_.size()) != ARCHIVE_OK) {
      return refuse(FileRefusal::damaged);
    }
    std::array<char, 64 * 1024> piece{};
    archive_entry* entry = nullptr;
    for (;;) {
      const int status = archive_read_next_header(zip.get(), &entry);
      if (status == ARCHIVE_EOF) return Done{};
      if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return refuse(FileRefusal::damaged);
      const char* raw = archive_entry_pathname(entry);
      const std::string name = raw == nullptr ? "" : raw;
      const auto type = archive_entry_filetype(entry);
      if (type != AE_IFREG && type != AE_IFDIR) return refuse(FileRefusal::archive_link, name);
      std::string member;
      for (;;) {
        const la_ssize_t size = archive_read_data(zip.get(), piece.data(), piece.size());
        if (size < 0) return refuse(FileRefusal::damaged, name);
        if (size == 0) break;
        TRY(spend(static_cast<std::size_t>(size)));
        if (member.size() + static_cast<std::size_t>(size) > rules_.archive.member_bytes) {
          if (must_be_whole(name)) return refuse(FileRefusal::archive_too_large, name);
          continue;
        }
        member.append(piece.data(), static_cast<std::size_t>(size));
      }
      if (type == AE_IFDIR) continue;
      TRY(judge(name, member, parts));
    }
  }

  // Sheets of numbers may be long: their first part says what they are.
  [[nodiscard]] bool must_be_whole(std::string_view name) const {
    return type_ == MediaType::zip || !name.ends_with(".xml");
  }

  Result<Done, RefusedFile> judge(const std::string& name, const std::string& member,
                                  OfficeParts& parts) {
    if (type_ != MediaType::zip) {
      if (auto taken = parts.take(name, member); !taken) return Failure{taken.error()};
      if (!parts.is_attached_file(name)) return Done{};
    }
    InspectionRules inside = rules_;
    inside.accepted = {MediaType::pdf,  MediaType::jpeg, MediaType::png, MediaType::heic,
                       MediaType::docx, MediaType::xlsx, MediaType::odt, MediaType::zip};
    const auto judged = inspect_within(member, inside, budget_);
    if (judged) return Done{};
    const RefusedFile& why = judged.error();
    switch (why.refusal) {
      case FileRefusal::archive_too_many_entries:
      case FileRefusal::archive_too_large:
      case FileRefusal::archive_ratio:
      case FileRefusal::archive_too_deep:
      case FileRefusal::too_demanding:
        return Failure{why};
      default:
        return Failure{RefusedFile{
            .refusal = FileRefusal::archive_member, .seems = why.seems, .detail = shown(name)}};
    }
  }

  std::string_view bytes_;
  MediaType type_;
  const InspectionRules& rules_;
  ArchiveBudget& budget_;
};

}  // namespace

Result<Done, RefusedFile> inspect_archive(std::string_view bytes, MediaType type,
                                          const InspectionRules& rules, ArchiveBudget& budget) {
  ++budget.depth;
  const auto done = Inspection(bytes, type, rules, budget).run();
  --budget.depth;
  return done;
}

}  // namespace documents::internal
