#include "documents/document_template.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include <boost/json.hpp>

#include "documents/template_parse.h"
#include "documents/yaml_json.h"

namespace documents {
namespace {

using base::FaultCode;
using base::Outcome;
using std::chrono::year_month_day;

Outcome<year_month_day> day_of(const std::string& text) {
  const bool shape =
      text.size() == 10 && text[4] == '-' && text[7] == '-' &&
      std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) == 8;
  if (shape) {
    const year_month_day day{
        std::chrono::year{std::stoi(text.substr(0, 4))},
        std::chrono::month{static_cast<unsigned>(std::stoi(text.substr(5, 2)))},
        std::chrono::day{static_cast<unsigned>(std::stoi(text.substr(8, 2)))}};
    if (day.ok()) return day;
  }
  return base::fault(FaultCode::invalid, "not a day: " + text);
}

bool is_identifier(const std::string& text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace

bool DocumentTemplate::is_effective_on(year_month_day day) const {
  return effective_from_ <= day && (!effective_until_ || day <= *effective_until_);
}

Outcome<DocumentTemplate> DocumentTemplate::parse(std::string_view yaml) {
  const base::json::value root = TRY(internal::parse_yaml(yaml));
  if (!root.is_object()) return base::fault(FaultCode::invalid, "a template is a mapping");
  for (const auto& entry : root.get_object()) {
    constexpr std::array kKeys = {"id",
                                  "form",
                                  "name",
                                  "name_en",
                                  "act",
                                  "effective_from",
                                  "effective_until",
                                  "paper",
                                  "orientation",
                                  "watermark",
                                  "number_symbol",
                                  "body_size",
                                  "footer",
                                  "blocks",
                                  "example"};
    const std::string key(entry.key());
    if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end()) {
      return base::fault(FaultCode::invalid, "unknown key " + key);
    }
  }
  DocumentTemplate result;
  result.id_ = base::string_or(root, "id");
  result.form_ = base::string_or(root, "form");
  result.name_ = base::string_or(root, "name");
  result.name_en_ = base::string_or(root, "name_en");
  result.act_ = base::string_or(root, "act");
  result.number_symbol_ = base::string_or(root, "number_symbol");
  if (!is_identifier(result.id_)) {
    return base::fault(FaultCode::invalid, "id is 1 to 64 of a-z 0-9 -");
  }
  if (result.name_.empty() || result.name_en_.empty() || result.act_.empty()) {
    return base::fault(FaultCode::invalid, "name, name_en and act are needed");
  }
  result.effective_from_ = TRY(day_of(base::string_or(root, "effective_from")));
  if (base::find(root, "effective_until") != nullptr) {
    result.effective_until_ = TRY(day_of(base::string_or(root, "effective_until")));
    if (*result.effective_until_ < result.effective_from_) {
      return base::fault(FaultCode::invalid, "effective_until is before effective_from");
    }
  }
  const std::string paper = base::string_or(root, "paper");
  if (paper != "A4" && paper != "A5") {
    return base::fault(FaultCode::invalid, "paper is A4 or A5");
  }
  result.paper_ = paper == "A5" ? Paper::a5 : Paper::a4;
  const std::string orientation = base::string_or(root, "orientation");
  if (!orientation.empty() && orientation != "portrait" && orientation != "landscape") {
    return base::fault(FaultCode::invalid, "orientation is portrait or landscape");
  }
  result.landscape_ = orientation == "landscape";
  const auto body_size = base::int_or(root, "body_size", result.paper_ == Paper::a5 ? 10 : 13);
  if (body_size < 6 || body_size > 20) {
    return base::fault(FaultCode::invalid, "body_size is 6 to 20 points");
  }
  result.body_size_ = static_cast<double>(body_size);
  result.footer_ = std::make_shared<const internal::TemplateText>(
      TRY(internal::parse_template_text(base::string_or(root, "footer"))));
  result.watermark_ = std::make_shared<const internal::TemplateText>(
      TRY(internal::parse_template_text(base::string_or(root, "watermark"))));
  const base::json::value* const blocks = base::find(root, "blocks");
  if (blocks == nullptr) return base::fault(FaultCode::invalid, "blocks are missing");
  result.blocks_ = std::make_shared<const internal::Blocks>(
      TRY(internal::parse_blocks(*blocks, result.body_size_)));
  const base::json::value* const example = base::find(root, "example");
  if (example == nullptr || !example->is_object()) {
    return base::fault(FaultCode::invalid, "example is missing");
  }
  result.example_ = *example;
  return result;
}

Outcome<base::Done> TemplateSet::add(DocumentTemplate document_template) {
  const auto overlaps = [&](const DocumentTemplate& other) {
    const bool ends_before =
        other.effective_until() && *other.effective_until() < document_template.effective_from();
    const bool begins_after = document_template.effective_until() &&
                              *document_template.effective_until() < other.effective_from();
    return other.id() == document_template.id() && !ends_before && !begins_after;
  };
  if (std::any_of(templates_.begin(), templates_.end(), overlaps)) {
    return base::fault(FaultCode::conflict,
                       "two versions of " + document_template.id() + " on the same day");
  }
  templates_.push_back(std::move(document_template));
  return base::Done{};
}

const DocumentTemplate* TemplateSet::find(std::string_view id, year_month_day day) const {
  for (const auto& candidate : templates_) {
    if (candidate.id() == id && candidate.is_effective_on(day)) return &candidate;
  }
  return nullptr;
}

Outcome<TemplateSet> load_templates(const std::filesystem::path& folder) {
  std::error_code problem;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator at(folder, problem), end; !problem && at != end;
       at.increment(problem)) {
    if (at->path().extension() == ".yaml") files.push_back(at->path());
  }
  if (problem) return base::fault(FaultCode::not_found, "cannot read the folder of templates");
  std::sort(files.begin(), files.end());
  TemplateSet set;
  for (const auto& file : files) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream) return base::fault(FaultCode::unavailable, "cannot read " + file.string());
    auto parsed = DocumentTemplate::parse(text.str());
    if (!parsed) {
      return base::fault(parsed.error().code,
                         file.filename().string() + ": " + parsed.error().message);
    }
    TRY(set.add(std::move(parsed).value()));
  }
  return set;
}

}  // namespace documents
