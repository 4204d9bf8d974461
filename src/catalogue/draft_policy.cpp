#include "catalogue/draft_policy.h"

#include <algorithm>

#include "base/text.h"
#include "form/yaml_reader.h"

namespace catalogue {
namespace {

using form::DefinitionProblems;
using form::Need;
using form::YamlReader;

Phrases folded(const std::vector<std::string>& texts) {
  Phrases list;
  for (const std::string& text : texts) {
    std::string one = base::fold_for_search(text);
    if (!one.empty()) list.push_back(std::move(one));
  }
  return list;
}

class PolicyReader {
 public:
  PolicyReader(const std::map<std::string, std::string>& files, DefinitionProblems& problems)
      : files_(files), problems_(problems) {}

  DraftPolicy read() {
    read_shares();
    read_words();
    read_matching();
    read_departments();
    return std::move(policy_);
  }

 private:
  const std::string* text_of(const std::string& file) {
    const auto found = files_.find(file);
    if (found != files_.end()) return &found->second;
    problems_.push_back({file, 0, "the file is missing", "add it to data/policy"});
    return nullptr;
  }

  template <class Read>
  void in_yaml(const std::string& file, Read read) {
    const std::string* text = text_of(file);
    if (text == nullptr) return;
    YamlReader reader(file, problems_);
    if (const auto root = reader.parse(*text)) read(reader, *root);
  }

  static std::optional<calendar::Limit> limit(YamlReader& reader, const YAML::Node& node,
                                              const char* key, Need need) {
    const std::string text = reader.text(node, key, need);
    if (text.empty()) return std::nullopt;
    const auto parsed = calendar::Limit::parse(text);
    if (parsed) return *parsed;
    reader.problem(reader.at(node, key), "`" + text + "` is no limit", "write 4h or 10wd");
    return std::nullopt;
  }

  static int number(YamlReader& reader, const YAML::Node& node, const char* key, int max) {
    const auto value = reader.integer(node, key).value_or(0);
    if (value >= 0 && value <= max) return static_cast<int>(value);
    reader.problem(reader.at(node, key), "the number is out of bounds",
                   "write 0 to " + std::to_string(max));
    return 0;
  }

  void read_shares() {
    in_yaml("step-shares.yaml", [&](YamlReader& reader, const YAML::Node& root) {
      reader.only_keys(root, {"reason", "processes", "assumed_limit", "same_day_cutoff"});
      policy_.shares_reason = reader.bilingual(root, "reason", Need::required);
      if (reader.has(root, "processes") && reader.at(root, "processes").IsMap()) {
        for (const auto& variant : reader.at(root, "processes")) {
          if (!variant.first.IsScalar() || !variant.second.IsMap()) continue;
          for (const auto& step : variant.second)
            read_share(reader, variant.first.Scalar(), step.first, step.second);
        }
      }
      if (policy_.processes.empty()) {
        reader.problem(root, "`processes` is missing", "add the shares of each process");
      }
      if (!reader.has(root, "assumed_limit")) {
        reader.problem(root, "`assumed_limit` is missing", "add the limit of what states none");
      } else {
        const YAML::Node node = reader.at(root, "assumed_limit");
        reader.only_keys(node, {"limit", "reason"});
        policy_.assumed_limit = limit(reader, node, "limit", Need::required);
        policy_.assumed_limit_reason = reader.bilingual(node, "reason", Need::required);
      }
      if (const std::string text = reader.text(root, "same_day_cutoff"); !text.empty()) {
        policy_.same_day_cutoff = calendar::parse_time_of_day(text);
        if (!policy_.same_day_cutoff) {
          reader.problem(root, "`" + text + "` is no time of day", "write \"15:00\"");
        }
      }
    });
  }

  void read_share(YamlReader& reader, const std::string& variant, const YAML::Node& step,
                  const YAML::Node& node) {
    if (!step.IsScalar() || !reader.only_keys(node, {"weight", "most", "rank"})) return;
    StepShare share;
    share.weight = number(reader, node, "weight", 10'000);
    share.rank = number(reader, node, "rank", 100);
    if (const auto most = limit(reader, node, "most", Need::optional)) {
      share.halves_max = static_cast<int>(most->working_minutes() / 30);
    }
    if (share.weight == 0) reader.problem(node, "a step without weight", "write weight: 1 or more");
    policy_.processes[variant][step.Scalar()] = share;
  }

  void read_words() {
    in_yaml("draft-words.yaml", [&](YamlReader& reader, const YAML::Node& root) {
      reader.only_keys(root, {"steps", "agencies", "subjects", "papers"});
      const auto words = [&](const char* group, const char* key) {
        Phrases list;
        if (reader.has(root, group)) list = folded(reader.texts(reader.at(root, group), key));
        if (list.empty()) {
          reader.problem(root, std::string{"`"} + group + "." + key + "` names no words",
                         "add the list");
        }
        return list;
      };
      policy_.inspection_words = words("steps", "inspection");
      policy_.consultation_words = words("steps", "consultation");
      policy_.submission_words = words("steps", "submission");
      policy_.committee_words = words("agencies", "committee");
      policy_.under_committee_words = words("agencies", "under_committee");
      policy_.commune_words = words("agencies", "commune");
      policy_.police_words = words("agencies", "police");
      policy_.province_words = words("agencies", "province");
      policy_.person_words = words("subjects", "person");
      policy_.foreigner_words = words("subjects", "foreigner");
      policy_.organisation_words = words("subjects", "organisation");
      policy_.optional_words = words("papers", "optional");
    });
  }

  void read_matching() {
    in_yaml("replacement-matching.yaml", [&](YamlReader& reader, const YAML::Node& root) {
      reader.only_keys(root, {"thresholds", "weak_words", "synonyms", "databases", "fallback"});
      if (reader.has(root, "thresholds")) {
        const YAML::Node node = reader.at(root, "thresholds");
        reader.only_keys(node, {"accept", "review"});
        policy_.match_accept = number(reader, node, "accept", 100) / 100.0;
        policy_.match_review = number(reader, node, "review", 100) / 100.0;
      }
      if (policy_.match_review <= 0 || policy_.match_accept < policy_.match_review) {
        reader.problem(root, "the thresholds do not follow each other",
                       "write thresholds: {accept: 80, review: 45}");
      }
      policy_.weak_words = folded(reader.texts(root, "weak_words"));
      std::ranges::sort(policy_.weak_words);
      for (const YAML::Node& node : reader.list(root, "synonyms")) {
        if (!reader.only_keys(node, {"from", "to"})) continue;
        policy_.synonyms.emplace_back(
            base::fold_for_search(reader.text(node, "from", Need::required)),
            base::fold_for_search(reader.text(node, "to", Need::required)));
      }
      std::ranges::stable_sort(policy_.synonyms, [](const auto& a, const auto& b) {
        return a.first.size() > b.first.size();
      });
      for (const YAML::Node& node : reader.list(root, "databases", Need::required)) {
        if (!reader.only_keys(node, {"words", "name", "fields"})) continue;
        policy_.databases.push_back(
            {base::fold_for_search(reader.text(node, "words", Need::required)),
             reader.bilingual(node, "name", Need::required), reader.texts(node, "fields")});
      }
      policy_.fallback = reader.bilingual(root, "fallback", Need::required);
    });
  }

  // Fields separated by commas, quoted where they hold one; a quote inside is doubled.
  static std::vector<std::string> csv_fields(std::string_view line) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const char c = line[i];
      if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
        fields.back().push_back(line[++i]);
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.emplace_back();
      } else {
        fields.back().push_back(c);
      }
    }
    return fields;
  }

  void read_departments() {
    const std::string file = "departments-by-ministry.csv";
    const std::string* text = text_of(file);
    if (text == nullptr) return;
    int number = 0;
    bool header = false;
    std::string_view rest = *text;
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      std::string_view line = rest.substr(0, end);
      rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
      ++number;
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.empty() || line.starts_with('#')) continue;
      const std::vector<std::string> fields = csv_fields(line);
      const auto problem = [&](std::string message, std::string remedy) {
        problems_.push_back({file, number, std::move(message), std::move(remedy)});
      };
      if (!header) {
        header = true;
        if (line != "by,key,agency_vi,agency_en") {
          problem("the first line does not name the columns", "write by,key,agency_vi,agency_en");
          return;
        }
        continue;
      }
      if (fields.size() != 4 || (fields[0] != "ministry" && fields[0] != "agency_words")) {
        problem("not a row of four fields that begins with ministry or agency_words",
                "write ministry,BTP,Sở Tư pháp,Department of Justice");
        continue;
      }
      DepartmentRow row{fields[0] == "ministry",
                        base::fold_for_search(fields[1]),
                        {base::to_one_line(fields[2]), base::to_one_line(fields[3])}};
      if (row.key.empty() || row.agency.vi.empty()) {
        problem("a row without key or agency", "fill both in");
        continue;
      }
      if (row.agency.en.empty()) row.agency.en = row.agency.vi;
      policy_.departments.push_back(std::move(row));
    }
  }

  const std::map<std::string, std::string>& files_;
  DefinitionProblems& problems_;
  DraftPolicy policy_;
};

}  // namespace

form::Defined<DraftPolicy> read_draft_policy(const std::map<std::string, std::string>& files) {
  DefinitionProblems problems;
  DraftPolicy policy = PolicyReader(files, problems).read();
  if (!problems.empty()) return base::Failure{std::move(problems)};
  return policy;
}

bool says(std::string_view folded, std::string_view phrase) {
  if (phrase.empty()) return false;
  for (std::size_t at = folded.find(phrase); at != std::string_view::npos;
       at = folded.find(phrase, at + 1)) {
    const std::size_t end = at + phrase.size();
    if ((at == 0 || folded[at - 1] == ' ') && (end == folded.size() || folded[end] == ' ')) {
      return true;
    }
  }
  return false;
}

bool says(std::string_view folded, const Phrases& phrases) {
  return std::ranges::any_of(phrases, [&](const std::string& one) { return says(folded, one); });
}

}  // namespace catalogue
