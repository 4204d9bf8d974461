#include "cli/verify_finding.h"

#include <array>

namespace cli {

namespace {

struct Words {
  Disorder disorder;
  const char* code;
  const char* vi;
  const char* en;
};
constexpr std::array kWords{
    Words{Disorder::manifest_unreadable, "manifest-unreadable", "không đọc được bản kê",
          "the manifest cannot be read"},
    Words{Disorder::manifest_changed, "manifest-changed", "bản kê không khớp SHA256SUMS",
          "the manifest is not what SHA256SUMS says"},
    Words{Disorder::manifest_disagrees, "manifest-disagrees",
          "bản kê không khớp nội dung kho dữ liệu", "the manifest disagrees with the store"},
    Words{Disorder::part_missing, "part-missing", "thiếu tệp của bản sao lưu",
          "a file of the backup is missing"},
    Words{Disorder::part_changed, "part-changed", "tệp của bản sao lưu đã bị thay đổi",
          "a file of the backup was changed"},
    Words{Disorder::store_unreadable, "store-unreadable", "không đọc được kho dữ liệu",
          "the store cannot be read"},
    Words{Disorder::store_damaged, "store-damaged", "kho dữ liệu bị hỏng", "the store is damaged"},
    Words{Disorder::events_disagree, "events-disagree",
          "số sự kiện của hồ sơ không khớp phiên bản của hồ sơ",
          "a dossier's version is not the number of its events"},
    Words{Disorder::rows_without_dossier, "rows-without-dossier",
          "có dữ liệu của hồ sơ không tồn tại", "rows of a dossier that does not exist"},
    Words{Disorder::clock_disagrees, "clock-disagrees", "thời hạn đang chạy không khớp hồ sơ",
          "a running clock disagrees with its dossier"},
    Words{Disorder::not_searchable, "not-searchable", "hồ sơ không có trong chỉ mục tìm kiếm",
          "a dossier that no search finds"},
    Words{Disorder::codes_with_gap, "codes-with-gap", "mã hồ sơ bị trùng hoặc cách số",
          "dossier codes with a gap or a double"},
    Words{Disorder::numbers_with_gap, "numbers-with-gap",
          "số đã cấp không khớp số ghi trong sự kiện",
          "numbers allotted are not those in the events"},
    Words{Disorder::paper_unaddressed, "paper-unaddressed", "giấy tờ có địa chỉ không hợp lệ",
          "a paper whose address is none"},
    Words{Disorder::paper_missing, "paper-missing", "thiếu giấy tờ", "a paper is missing"},
    Words{Disorder::paper_changed, "paper-changed", "giấy tờ không còn như khi lưu",
          "a paper is not what was stored"},
    Words{Disorder::key_missing, "key-missing", "thiếu khóa", "a key is missing"},
    Words{Disorder::journal_damaged, "journal-damaged", "sổ ghi không khớp",
          "the journal disagrees"},
};

const Words& words_of(Disorder disorder) {
  return kWords.at(static_cast<std::size_t>(disorder));
}

}  // namespace

std::string code_of(Disorder disorder) {
  return words_of(disorder).code;
}

calendar::Bilingual explain(const Finding& finding) {
  const Words& words = words_of(finding.disorder);
  const std::string subject = finding.subject.empty() ? "" : ": " + finding.subject;
  return {words.vi + subject, words.en + subject};
}

Finding finding_of(const storage::sqlite::StoreFinding& found) {
  using storage::sqlite::StoreCheck;
  const Disorder disorder = [&] {
    switch (found.check) {
      case StoreCheck::integrity:
        return Disorder::store_damaged;
      case StoreCheck::events:
        return Disorder::events_disagree;
      case StoreCheck::orphans:
        return Disorder::rows_without_dossier;
      case StoreCheck::running:
        return Disorder::clock_disagrees;
      case StoreCheck::search:
        return Disorder::not_searchable;
      case StoreCheck::dossier_codes:
        return Disorder::codes_with_gap;
      case StoreCheck::number_series:
        return Disorder::numbers_with_gap;
      case StoreCheck::file_addresses:
        return Disorder::paper_unaddressed;
    }
    return Disorder::store_damaged;
  }();
  return {disorder, found.subject};
}

}  // namespace cli
