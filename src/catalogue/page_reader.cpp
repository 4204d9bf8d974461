#include "catalogue/page_reader.h"

#include <algorithm>

#include <re2/re2.h>

#include "base/sha256.h"
#include "base/text.h"
#include "catalogue/basis_text.h"
#include "catalogue/channel_text.h"
#include "catalogue/component_text.h"
#include "catalogue/page_text.h"
#include "catalogue/result_text.h"

namespace catalogue {
namespace {

constexpr std::size_t kLineMax = 4000;  // bytes of a one-line field

std::string text_of(const base::json::value& record, std::string_view key) {
  const base::json::value* found = base::find(record, key);
  if (found == nullptr || !found->is_string()) return {};
  return legible(std::string_view{found->get_string().data(), found->get_string().size()});
}

std::string line_of(const base::json::value& record, std::string_view key) {
  const std::string text = text_of(record, key);
  return says_nothing(text) ? std::string{} : shortened(one_line(text), kLineMax);
}

// "A, B, C"; commas inside brackets, and before a small letter, do not part.
std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  int depth = 0;
  std::size_t start = 0;
  for (std::size_t at = 0; at <= text.size() && parts.size() < 200; ++at) {
    const bool end = at == text.size();
    if (!end && text[at] == '(') ++depth;
    if (!end && text[at] == ')' && depth > 0) --depth;
    if (!end && text[at] != '\n' && (text[at] != ',' || depth > 0)) continue;
    if (!end && text[at] == ',') {
      std::size_t next = at + 1;
      while (next < text.size() && text[next] == ' ') ++next;
      if (!is_upper(character_at(text, next).value)) continue;
      // "Phòng, Chống" is one name.
      if (text.substr(start, at - start).ends_with("Phòng") &&
          text.substr(next).starts_with("Chống"))
        continue;
    }
    std::string part = one_line(text.substr(start, at - start));
    while (part.ends_with('.') || part.ends_with(';')) part.pop_back();
    if (!says_nothing(part)) parts.push_back(shortened(part, kLineMax));
    start = at + 1;
  }
  return parts;
}

// "Cán bộ, công chức, viên chức" is one subject: parts_of keeps it whole, as small letters follow.
std::vector<Tier> tiers_of(std::string_view text) {
  std::vector<Tier> tiers;
  for (const std::string& part : parts_of(text)) {
    const std::string folded = base::fold_for_search(part);
    Tier tier = Tier::other;
    if (folded == "cap bo" || folded.starts_with("cap trung uong")) tier = Tier::ministry;
    if (folded.starts_with("cap tinh")) tier = Tier::province;
    if (folded.starts_with("cap xa")) tier = Tier::commune;
    if (std::find(tiers.begin(), tiers.end(), tier) == tiers.end()) tiers.push_back(tier);
  }
  return tiers;
}

// "379/QĐ-BNNMT" -> "BNNMT".
std::string ministry_of(const std::string& decision) {
  static const RE2 pattern(R"(Q[ĐD][^\-/]*-([A-ZĐ]{2,12})\s*\.?$)");
  std::string ministry;
  RE2::PartialMatch(decision, pattern, &ministry);
  return ministry;
}

}  // namespace

base::Outcome<Entry> read_page(const base::json::value& record, const Source& source) {
  if (!record.is_object()) {
    return base::fault(base::FaultCode::invalid, "the record is not an object");
  }
  for (const auto& [key, value] : record.get_object()) {
    if (value.is_string() && value.get_string().size() > kPageFieldBytesMax) {
      return base::fault(base::FaultCode::invalid, "a field is longer than 1 MiB");
    }
  }
  Entry entry;
  entry.code = line_of(record, "ma_thu_tuc");
  entry.name = line_of(record, "ten_thu_tuc");
  if (entry.code.empty() || entry.name.empty()) {
    return base::fault(base::FaultCode::invalid,
                       "the record has no ma_thu_tuc or no ten_thu_tuc: it is no procedure page");
  }
  if (entry.code.size() > 60 || entry.code.find('/') != std::string::npos) {
    return base::fault(base::FaultCode::invalid, "ma_thu_tuc is no code");
  }
  entry.decision = line_of(record, "so_quyet_dinh");
  entry.ministry = ministry_of(entry.decision);
  entry.tiers = tiers_of(text_of(record, "cap_thuc_hien"));
  entry.kind = line_of(record, "loai_thu_tuc");
  entry.field = line_of(record, "linh_vuc");
  entry.subjects = parts_of(text_of(record, "doi_tuong_thuc_hien"));
  entry.agencies = parts_of(text_of(record, "co_quan_thuc_hien"));
  entry.competent_agency = line_of(record, "co_quan_co_tham_quyen");
  entry.coordinating_agency = line_of(record, "co_quan_phoi_hop");
  entry.steps = std::string{trimmed(text_of(record, "trinh_tu_thuc_hien"))};
  if (says_nothing(entry.steps)) entry.steps.clear();
  const std::string conditions = text_of(record, "yeu_cau_dieu_kien");
  entry.conditions = std::string{without_menu(conditions)};
  if (says_nothing(entry.conditions)) entry.conditions.clear();
  entry.channels = read_channels(text_of(record, "cach_thuc_thuc_hien"), entry.steps).lines;
  ComponentTable papers = read_components(text_of(record, "thanh_phan_ho_so"));
  entry.components = std::move(papers.components);
  entry.cases = std::move(papers.cases);
  entry.legal_basis = read_basis(text_of(record, "can_cu_phap_ly"));
  entry.results = read_results(text_of(record, "ket_qua_xu_ly"));
  entry.page = line_of(record, "detail_url");
  if (!entry.page.starts_with("https://") && !entry.page.starts_with("http://")) entry.page.clear();
  entry.raw = record.get_object();
  entry.content_hash = base::to_hex(base::sha256(base::to_text(record)));
  entry.source = source;
  return entry;
}

base::Outcome<Entry> read_page(std::string_view json, const Source& source) {
  return read_page(TRY(base::parse_json(json)), source);
}

}  // namespace catalogue
