// form.yaml := {pages: [page], checks?: [check]}
// page      := {id, title, intro?, fields: [field]}
// field     := {id, from: dictionary code, …} | {id, type, label, …}
// check     := {id, field, holds: FEEL, message, severity?: error | warning}
#include "form/form_yaml.h"

#include <algorithm>
#include <set>
#include <utility>

#include "form/definition_keys.h"
#include "form/field_yaml.h"
#include "form/yaml_reader.h"

namespace form {
namespace {

constexpr std::size_t kPagesMax = 40;
constexpr std::size_t kFieldsMax = 60;

using Names = std::set<std::string, std::less<>>;

class FormReader {
 public:
  FormReader(YamlReader& reader, const Dictionary& dictionary)
      : reader_(reader), dictionary_(dictionary) {}

  Form read(const YAML::Node& root) {
    Form form;
    for (const YAML::Node& node : reader_.list(root, "pages", Need::required, kPagesMax)) {
      read_page(node, form);
    }
    names_.insert("today");
    for (const auto& [node, condition] : pending_) check_names(node, condition, names_);
    for (const YAML::Node& node : reader_.list(root, "checks")) read_check(node, form);
    check_siblings(root, form);
    return form;
  }

 private:
  void read_page(const YAML::Node& node, Form& form) {
    if (!reader_.only_keys(node, keys::kPage)) return;
    Page page;
    page.id = reader_.id(node, "id");
    page.title = reader_.bilingual(node, "title", Need::required);
    page.intro = reader_.bilingual(node, "intro");
    if (form.find_page(page.id)) {
      reader_.problem(node, "the page `" + page.id + "` stands here twice", "rename one of them");
    }
    for (const YAML::Node& item : reader_.list(node, "fields", Need::required, kFieldsMax)) {
      Field field = read_field(item, true);
      if (field.visible_when) {
        Names earlier = names_;
        earlier.insert("today");
        check_names(item, *field.visible_when, earlier);
      }
      if (field.required_when) pending_.emplace_back(item, *field.required_when);
      if (!field.id.empty() && !names_.insert(field.id).second) {
        reader_.problem(item, "the field `" + field.id + "` stands here twice",
                        "give every field a name of its own");
      }
      page.fields.push_back(std::move(field));
    }
    form.pages.push_back(std::move(page));
  }

  Field read_field(const YAML::Node& node, bool tables) {
    Field field;
    if (!reader_.only_keys(node, keys::kField)) {
      return field;
    }
    const std::string from = reader_.text(node, "from");
    if (!from.empty()) {
      if (const Field* entry = dictionary_.find(from)) {
        field = *entry;
        if (reader_.has(node, "type")) {
          reader_.problem(reader_.at(node, "type"), "the dictionary has given the type already",
                          "remove `type:`");
        }
      } else {
        reader_.problem(reader_.at(node, "from"), "`" + from + "` is not in the dictionary",
                        "use a code of data/dictionary, or add the entry there");
        field.label = {from, from};
      }
    } else if (!reader_.has(node, "type")) {
      reader_.problem(node, "the field has neither `from` nor `type`",
                      "take it from the dictionary: `from: person.full_name`");
    }
    field.id = reader_.id(node, "id");
    if (field.id == "today") {
      reader_.problem(node, "`today` is the name of the day of filing", "use another id");
    }
    read_field_body(reader_, node, field);
    if (field.type == FieldType::table && tables) read_columns(node, field);
    if (field.type == FieldType::table && !tables) {
      reader_.problem(node, "a table within a table", "ask for it in a table of its own");
      return field;
    }
    check_field(reader_, node, field);
    return field;
  }

  void read_columns(const YAML::Node& node, Field& field) {
    Names columns = names_;
    columns.insert("today");
    Names own;
    for (const YAML::Node& item : reader_.list(node, "columns", Need::required, kFieldsMax)) {
      Field column = read_field(item, false);
      if (column.visible_when) check_names(item, *column.visible_when, columns);
      if (!column.id.empty() && !own.insert(column.id).second) {
        reader_.problem(item, "the column `" + column.id + "` stands here twice", "rename it");
      }
      columns.insert(column.id);
      if (column.required_when) check_names(item, *column.required_when, columns);
      field.columns.push_back(std::move(column));
    }
  }

  void read_check(const YAML::Node& node, Form& form) {
    if (!reader_.only_keys(node, keys::kCheck)) return;
    const std::string id = reader_.id(node, "id");
    const std::string field = reader_.id(node, "field");
    auto holds = reader_.condition(node, "holds");
    Bilingual message = reader_.bilingual(node, "message", Need::required);
    const std::string severity = reader_.text(node, "severity");
    if (!severity.empty() && severity != "error" && severity != "warning") {
      reader_.problem(node, "`" + severity + "` is no severity", "write error or warning");
    }
    if (!names_.contains(field)) {
      reader_.problem(node, "the check shows its message at `" + field + "`, which is no field",
                      "name a field of this form");
    }
    if (!reader_.has(node, "holds")) {
      reader_.problem(node, "`holds` is missing", "write the FEEL condition that has to hold");
    }
    if (!holds) return;
    check_names(node, *holds, names_);
    form.checks.push_back({id, field, *std::move(holds),
                           severity == "warning" ? Severity::warning : Severity::error,
                           std::move(message)});
  }

  void check_names(const YAML::Node& node, const Condition& condition, const Names& known) {
    for (const std::string& name : condition.names()) {
      if (known.contains(name)) continue;
      reader_.problem(node, "the condition reads `" + name + "`, which is not asked before it",
                      "use the id of an earlier field");
    }
  }

  void check_siblings(const YAML::Node& root, const Form& form) {
    for (const Page& page : form.pages) {
      for (const Field& field : page.fields) {
        for (const std::string& other : {field.birth_date_field, field.sex_field}) {
          if (other.empty() || names_.contains(other)) continue;
          reader_.problem(root,
                          "`" + field.id + "` is compared with `" + other + "`, which is no field",
                          "name a field of this form");
        }
      }
    }
  }

  YamlReader& reader_;
  const Dictionary& dictionary_;
  Names names_;
  std::vector<std::pair<YAML::Node, Condition>> pending_;
};

}  // namespace

Defined<Form> read_form(std::string_view text, const Dictionary& dictionary,
                        const std::string& file) {
  DefinitionProblems problems;
  YamlReader reader(file, problems);
  const auto root = reader.parse(text);
  if (!root) return base::Failure{std::move(problems)};
  reader.only_keys(*root, keys::kForm);
  Form form = FormReader(reader, dictionary).read(*root);
  if (!problems.empty()) return base::Failure{std::move(problems)};
  return form;
}

}  // namespace form
