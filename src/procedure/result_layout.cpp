#include "procedure/result_layout.h"

#include <algorithm>
#include <array>
#include <utility>

#include "form/yaml_reader.h"
#include "rules/expression.h"

namespace procedure {
namespace {

constexpr std::array<std::string_view, 21> kFacts{
    "today",        "channel",           "case_id",       "shown",
    "in_words",     "result_number",     "result_name",   "issued_on",
    "issued_at",    "agency_name",       "agency_parent", "agency_place",
    "signer",       "signer_title",      "officer",       "applicant_name",
    "applicant_id", "applicant_address", "dossier_code",  "procedure_name",
    "received_on"};

// Names joined by points, as a template reads them.
bool is_path(std::string_view path) {
  if (path.empty() || path.size() > 100) return false;
  while (true) {
    const std::size_t point = path.find('.');
    if (!form::is_snake_case(path.substr(0, point))) return false;
    if (point == std::string_view::npos) return true;
    path.remove_prefix(point + 1);
  }
}

class LayoutReader {
 public:
  LayoutReader(const std::string& file, const form::Form& form, form::DefinitionProblems& problems)
      : reader_(file, problems), form_(form) {}

  std::vector<ResultLayout> read(std::string_view text) {
    std::vector<ResultLayout> layouts;
    const auto root = reader_.parse(text);
    if (!root || !reader_.only_keys(*root, {"results"})) return layouts;
    for (const YAML::Node& node : reader_.list(*root, "results", form::Need::required, 20)) {
      if (!reader_.only_keys(node, {"code", "template", "fields"})) continue;
      ResultLayout layout;
      layout.code = reader_.text(node, "code", form::Need::required);
      layout.template_id = reader_.text(node, "template", form::Need::required);
      read_fields(node, layout);
      if (find_layout(layouts, layout.code) != nullptr) {
        reader_.problem(node, "the result `" + layout.code + "` is laid out twice",
                        "keep one of both");
      }
      layouts.push_back(std::move(layout));
    }
    return layouts;
  }

 private:
  void read_fields(const YAML::Node& node, ResultLayout& layout) {
    if (!reader_.has(node, "fields")) return;
    const YAML::Node fields = reader_.at(node, "fields");
    if (!fields.IsMap() || fields.size() > 200) {
      reader_.problem(node, "`fields` is no map of paths to expressions",
                      "write lines such as child.name: child_name");
      return;
    }
    for (const auto& entry : fields) {
      if (!entry.first.IsScalar() || !entry.second.IsScalar()) {
        reader_.problem(fields, "a field is a path with an expression", "quote the expression");
        continue;
      }
      read_field(entry.first, entry.second.Scalar(), layout);
    }
  }

  void read_field(const YAML::Node& key, const std::string& text, ResultLayout& layout) {
    const std::string& path = key.Scalar();
    if (!is_path(path)) {
      reader_.problem(key, "`" + path + "` is no path of a template",
                      "join names of a-z, 0-9 and _ by points");
      return;
    }
    auto expression = rules::Expression::parse(text);
    if (!expression) {
      reader_.problem(key,
                      path + ": not a FEEL expression at column " +
                          std::to_string(expression.error().column) + ": " +
                          expression.error().message,
                      "correct the expression");
      return;
    }
    for (const std::string& name : expression->names()) {
      if (is_result_fact(name) || form_.find_field(name) != nullptr) continue;
      reader_.problem(key, path + " reads `" + name + "`, which nobody asks for",
                      "use the id of a field of form.yaml or a fact of the dossier");
    }
    layout.fields.push_back(
        {path, std::make_shared<const rules::Expression>(std::move(expression).value())});
  }

  form::YamlReader reader_;
  const form::Form& form_;
};

}  // namespace

bool is_result_fact(std::string_view name) {
  return std::ranges::find(kFacts, name) != kFacts.end();
}

std::vector<ResultLayout> read_result_layouts(std::string_view text, const std::string& file,
                                              const form::Form& form,
                                              form::DefinitionProblems& problems) {
  return LayoutReader(file, form, problems).read(text);
}

const ResultLayout* find_layout(const std::vector<ResultLayout>& layouts, std::string_view code) {
  const auto found = std::ranges::find(layouts, code, &ResultLayout::code);
  return found == layouts.end() ? nullptr : &*found;
}

}  // namespace procedure
