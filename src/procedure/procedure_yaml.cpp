#include "procedure/procedure_yaml.h"

#include <algorithm>
#include <utility>

#include "form/yaml_reader.h"
#include "party/agency_id.h"
#include "procedure/example_yaml.h"

namespace procedure {
namespace {

using form::Need;

bool is_procedure_code(std::string_view code) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return code.size() == 8 && digit(code[0]) && code[1] == '.' &&
         std::ranges::all_of(code.substr(2), digit);
}

class ProcedureReader {
 public:
  ProcedureReader(form::YamlReader& reader, const YAML::Node& root)
      : reader_(reader), root_(root) {}

  Procedure read() {
    reader_.only_keys(
        root_, {"code", "revision", "effective_from", "effective_to", "name", "summary", "keywords",
                "field", "level", "authority", "legal_basis", "channels", "cases", "components",
                "fees", "results", "retention", "notes", "examples"});
    read_identity();
    read_authority();
    for (const YAML::Node& node : reader_.list(root_, "legal_basis", Need::required, 100)) {
      read_.legal_basis.push_back(legal_basis(node));
    }
    read_.channels = channels(root_, Need::required);
    for (const YAML::Node& node : reader_.list(root_, "cases", Need::required, 50)) read_case(node);
    for (const YAML::Node& node : reader_.list(root_, "components", Need::optional, 200)) {
      read_component(node);
    }
    read_fees();
    for (const YAML::Node& node : reader_.list(root_, "results", Need::required, 50)) {
      if (!reader_.only_keys(node, {"code", "name", "template"})) continue;
      read_.results.push_back({reader_.text(node, "code", Need::required, 40),
                               reader_.bilingual(node, "name", Need::required),
                               reader_.text(node, "template")});
    }
    read_retention();
    for (const YAML::Node& node : reader_.list(root_, "notes")) {
      read_.notes.push_back(reader_.bilingual_at(node));
    }
    for (const YAML::Node& node : reader_.list(root_, "examples")) {
      if (auto example = read_example(reader_, node)) {
        read_.examples.push_back(*std::move(example));
      }
    }
    return std::move(read_);
  }

 private:
  // `retention: {years: 10, basis: "…"}` or `{permanent: true, basis: "…"}`.
  void read_retention() {
    if (!reader_.has(root_, "retention")) return;
    const YAML::Node node = root_["retention"];
    if (!reader_.only_keys(node, {"years", "permanent", "basis"})) return;
    Retention retention;
    retention.permanent = reader_.boolean(node, "permanent").value_or(false);
    retention.basis = reader_.text(node, "basis", Need::required);
    const auto years = reader_.integer(node, "years");
    const bool fits = years.has_value() && *years >= 1 && *years <= 200;
    if (retention.permanent == years.has_value() || (years.has_value() && !fits)) {
      reader_.problem(node, "a dossier is kept for years (1 to 200) or permanently",
                      "write retention: {years: 10, basis: \"the article\"}");
      return;
    }
    if (fits) retention.years = static_cast<int>(*years);
    read_.retention = std::move(retention);
  }

  void read_identity() {
    read_.code = reader_.text(root_, "code", Need::required);
    if (!read_.code.empty() && !is_procedure_code(read_.code)) {
      reader_.problem(reader_.at(root_, "code"), "`" + read_.code + "` is no procedure code",
                      "write it in quotes as \"1.001193\"");
    }
    const auto revision = reader_.integer(root_, "revision").value_or(1);
    if (revision < 1 || revision > 100'000) {
      reader_.problem(root_, "a revision is a number from 1 on", "write revision: 1");
    } else {
      read_.revision = static_cast<int>(revision);
    }
    read_.effective_from = reader_.date(root_, "effective_from");
    read_.effective_to = reader_.date(root_, "effective_to");
    read_.name = reader_.bilingual(root_, "name", Need::required);
    read_.summary = reader_.bilingual(root_, "summary", Need::required);
    read_.keywords = reader_.texts(root_, "keywords");
    read_.field = reader_.bilingual(root_, "field", Need::required);
    const std::string level = reader_.text(root_, "level", Need::required);
    if (const auto found = find_level(level)) {
      read_.level = *found;
    } else if (!level.empty()) {
      reader_.problem(reader_.at(root_, "level"), "`" + level + "` is no level",
                      "write commune, province or ministry");
    }
  }

  void read_authority() {
    if (!reader_.has(root_, "authority")) {
      reader_.problem(root_, "`authority` is missing", "say who is competent: add `authority:`");
      return;
    }
    const YAML::Node node = reader_.at(root_, "authority");
    if (!reader_.only_keys(node, {"rule", "text", "place_field", "lead", "committee"})) return;
    Authority& authority = read_.authority;
    authority.text = reader_.bilingual(node, "text", Need::required);
    const std::string rule = reader_.text(node, "rule", Need::required);
    if (rule == "commune_of_place") {
      authority.rule = Authority::Rule::commune_of_place;
      authority.place_field = reader_.id(node, "place_field", Need::optional);
    } else if (rule == "lead_and_committee") {
      authority.rule = Authority::Rule::lead_and_committee;
      authority.lead = agency(node, "lead");
      authority.committee = agency(node, "committee");
    } else if (!rule.empty()) {
      reader_.problem(node, "`" + rule + "` is no rule of competence",
                      "write commune_of_place or lead_and_committee");
    }
  }

  std::string agency(const YAML::Node& node, const char* key) {
    std::string code = reader_.text(node, key, Need::required, 35);
    if (!code.empty() && !party::AgencyId::parse(code)) {
      reader_.problem(reader_.at(node, key), "`" + code + "` is no agency code",
                      "write it as H41 or H41.15");
    }
    return code;
  }

  LegalBasis legal_basis(const YAML::Node& node) {
    if (!reader_.only_keys(node, {"act", "article", "title", "from", "to"})) return {};
    return {reader_.text(node, "act", Need::required, 60), reader_.text(node, "article"),
            reader_.bilingual(node, "title", Need::required), reader_.date(node, "from"),
            reader_.date(node, "to")};
  }

  std::vector<Channel> channels(const YAML::Node& node, Need need) {
    std::vector<Channel> list;
    if (need == Need::required && !reader_.has(node, "channels")) {
      reader_.problem(node, "`channels` is missing", "add channels: [online, counter, post]");
    }
    for (const std::string& text : reader_.texts(node, "channels")) {
      const auto channel = find_channel(text);
      if (!channel || std::ranges::find(list, *channel) != list.end()) {
        reader_.problem(reader_.at(node, "channels"),
                        "`" + text + "` is no channel, or stands here twice",
                        "write online, counter, post, each at most once");
        continue;
      }
      list.push_back(*channel);
    }
    return list;
  }

  std::optional<calendar::Limit> limit(const YAML::Node& node, const char* key, Need need) {
    const std::string text = reader_.text(node, key, need);
    if (text.empty()) return std::nullopt;
    const auto parsed = calendar::Limit::parse(text);
    if (!parsed) {
      reader_.problem(reader_.at(node, key),
                      "`" + text + "`: " + explain(parsed.error(), calendar::Language::english),
                      "write 3wd, 30d, 168h, 2mo or same-day");
      return std::nullopt;
    }
    return *parsed;
  }

  void read_limits(const YAML::Node& node, Case& one) {
    for (const YAML::Node& item : reader_.list(node, "limits", Need::required, 10)) {
      if (!reader_.only_keys(item, {"channels", "published", "internal", "cutoff"})) continue;
      const auto published = limit(item, "published", Need::required);
      const auto internal = limit(item, "internal", Need::optional);
      std::optional<calendar::TimeOfDay> cutoff;
      if (const std::string text = reader_.text(item, "cutoff"); !text.empty()) {
        cutoff = calendar::parse_time_of_day(text);
        if (!cutoff) {
          reader_.problem(reader_.at(item, "cutoff"), "`" + text + "` is no time of day",
                          "write it in quotes as \"15:00\"");
        }
      }
      if (!published) continue;
      std::vector<Channel> list = channels(item, Need::optional);
      if (!reader_.has(item, "channels")) list = read_.channels;
      for (const Channel channel : list) {
        if (std::ranges::find(one.limits, channel, &ChannelLimit::channel) != one.limits.end()) {
          reader_.problem(item, "two limits for one channel", "name every channel once");
        }
        one.limits.push_back({channel, *published, internal, cutoff});
      }
    }
  }

  // `silence: none`, or a rule with its legal basis.
  SilenceRule read_silence(const YAML::Node& node) {
    SilenceRule silence;
    if (!reader_.has(node, "silence")) return silence;
    const YAML::Node said = node["silence"];
    const bool with_basis = said.IsMap();
    if (with_basis && !reader_.only_keys(said, {"rule", "basis"})) return silence;
    const std::string rule =
        with_basis ? reader_.text(said, "rule") : reader_.text(node, "silence");
    const auto found = find_silence(rule);
    if (!found) {
      reader_.problem(said, "`" + rule + "` is no rule of silence",
                      "write none, accept, refuse or escalate");
      return silence;
    }
    silence.rule = *found;
    if (with_basis) silence.basis = reader_.text(said, "basis");
    const bool decides = silence.rule == Silence::accept || silence.rule == Silence::refuse;
    if (decides && silence.basis.empty()) {
      reader_.problem(said, "silence that decides needs the article that says so",
                      "write silence: {rule: " + rule + ", basis: \"the article\"}");
    }
    return silence;
  }

  void read_case(const YAML::Node& node) {
    if (!reader_.only_keys(node, {"id", "name", "when", "limits", "silence", "note"})) return;
    Case one{reader_.id(node, "id"),
             reader_.bilingual(node, "name", Need::required),
             reader_.condition(node, "when"),
             {},
             read_silence(node),
             reader_.bilingual(node, "note")};
    read_limits(node, one);
    if (read_.find_case(one.id) != nullptr) {
      reader_.problem(node, "the case `" + one.id + "` stands here twice", "rename one of them");
    }
    read_.cases.push_back(std::move(one));
  }

  int count(const YAML::Node& node, const char* key) {
    const auto number = reader_.integer(node, key).value_or(0);
    if (number >= 0 && number <= 100) return static_cast<int>(number);
    reader_.problem(reader_.at(node, key), "a number of papers from 0 to 100 is expected",
                    "correct the number");
    return 0;
  }

  void read_component(const YAML::Node& node) {
    if (!reader_.only_keys(
            node, {"id", "name", "kind", "originals", "copies", "applies_when", "required", "note",
                   "template", "replaced_by", "issued_by_state"})) {
      return;
    }
    Component component;
    component.id = reader_.id(node, "id");
    component.name = reader_.bilingual(node, "name", Need::required);
    const std::string kind = reader_.text(node, "kind", Need::required);
    component.kind = kind == "show" ? ComponentKind::show : ComponentKind::submit;
    if (!kind.empty() && kind != "show" && kind != "submit") {
      reader_.problem(reader_.at(node, "kind"), "`" + kind + "` is no kind of paper",
                      "write submit or show");
    }
    component.originals = count(node, "originals");
    component.copies = count(node, "copies");
    component.applies_when = reader_.condition(node, "applies_when");
    component.required = reader_.boolean(node, "required").value_or(true);
    component.note = reader_.bilingual(node, "note");
    component.template_id = reader_.text(node, "template");
    component.issued_by_state = reader_.boolean(node, "issued_by_state").value_or(false);
    if (reader_.has(node, "replaced_by")) {
      const YAML::Node data = reader_.at(node, "replaced_by");
      if (reader_.only_keys(data, {"database", "fields", "basis"})) {
        component.replaced_by = {reader_.bilingual(data, "database", Need::required),
                                 reader_.texts(data, "fields"), LegalBasis{}};
        if (reader_.has(data, "basis")) {
          component.replaced_by->basis = legal_basis(reader_.at(data, "basis"));
        } else {
          reader_.problem(data, "`basis` is missing", "name the act that lets data stand in");
        }
      }
    }
    if (read_.find_component(component.id) != nullptr) {
      reader_.problem(node, "the paper `" + component.id + "` stands here twice",
                      "rename one of them");
    }
    read_.components.push_back(std::move(component));
  }

  void read_fees() {
    if (!reader_.has(root_, "fees")) {
      reader_.problem(root_, "`fees` is missing", "add `fees:`, also where it is free of charge");
      return;
    }
    const YAML::Node node = reader_.at(root_, "fees");
    if (!reader_.only_keys(node, {"text", "decision", "example_value"})) return;
    read_.fees_text = reader_.bilingual(node, "text", Need::required);
    read_.fee_decision = reader_.text(node, "decision");
    read_.fees_are_examples = reader_.boolean(node, "example_value").value_or(false);
  }

  form::YamlReader& reader_;
  const YAML::Node& root_;
  Procedure read_;
};

}  // namespace

Procedure read_procedure_yaml(std::string_view text, const std::string& file,
                              form::DefinitionProblems& problems) {
  form::YamlReader reader(file, problems);
  const auto root = reader.parse(text);
  if (!root) return {};
  return ProcedureReader(reader, *root).read();
}

}  // namespace procedure
