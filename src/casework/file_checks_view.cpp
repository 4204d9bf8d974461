#include "casework/file_checks_view.h"

#include <boost/json.hpp>

#include "casework/file_inspection.h"
#include "casework/view.h"
#include "casework/whole_installation.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;

constexpr int kCounted = 10'000;
constexpr std::size_t kShown = 200;

Answer<base::Done> may_manage(const Workplace& workplace, const party::Officer& officer) {
  return may_manage_all(
      workplace, officer,
      {"Chỉ quản trị viên của toàn hệ thống xem được việc kiểm tra tệp.",
       "Only an administrator of the whole installation sees how files are checked."});
}

}  // namespace

Answer<object> file_checks_json(Workplace& workplace, const party::Officer& officer) {
  TRY(may_manage(workplace, officer));
  array items;
  object json{{"scanner", workplace.scanner != nullptr}};
  std::optional<Instant> oldest;
  std::string trouble;
  for (const FileState state : {FileState::held, FileState::checking}) {
    const auto rows = TRY_AS_FAILURE(
        workplace.store.entries_found_by(kFileInspection, std::string{name_of(state)}, kCounted));
    json[name_of(state)] = static_cast<std::int64_t>(rows.size());
    for (const EntryRow& row : rows) {
      if (state == FileState::held && items.size() >= kShown) break;
      const auto one = TRY_AS_FAILURE(find_inspection(workplace, row.key));
      if (!one.has_value()) continue;
      if (state == FileState::checking) {
        if (!oldest.has_value() || one->since < *oldest) oldest = one->since;
        if (trouble.empty()) trouble = one->trouble;
      }
      if (items.size() >= kShown) continue;
      object item = inspection_json(one).as_object();
      item["sha256"] = one->address;
      item["trouble"] = one->trouble;
      item["attempts"] = one->attempts;
      items.push_back(std::move(item));
    }
  }
  const auto again =
      TRY_AS_FAILURE(workplace.store.entries_found_by(kFileInspection, "again", kCounted));
  json["again"] = static_cast<std::int64_t>(again.size());
  json["oldest_at"] = instant_json(oldest);
  json["trouble"] = trouble;
  json["items"] = std::move(items);
  return json;
}

Answer<std::int64_t> order_file_rescan(Workplace& workplace, const party::Officer& officer) {
  TRY(may_manage(workplace, officer));
  if (workplace.scanner == nullptr) {
    return fail(FailureKind::not_allowed_now, "no-scanner",
                {"Chưa cấu hình chương trình quét mã độc. Hãy chạy máy chủ với --clamd.",
                 "No scanner is configured. Run the server with --clamd."});
  }
  const std::int64_t ordered = TRY_AS_FAILURE(order_rescan(workplace));
  TRY(record_listing(workplace, officer, "file-rescan", std::to_string(ordered) + " files"));
  return ordered;
}

}  // namespace casework
