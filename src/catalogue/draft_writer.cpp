#include "catalogue/draft_writer.h"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>

#include "base/text.h"
#include "catalogue/draft_competence.h"
#include "catalogue/draft_fees.h"
#include "catalogue/draft_form.h"
#include "catalogue/draft_limits.h"
#include "catalogue/draft_text.h"
#include "procedure/assessment.h"

namespace catalogue {
namespace {

using procedure::Channel;
using procedure::Level;

constexpr std::size_t kNameMax = 600;
constexpr std::size_t kNoteMax = 1500;
constexpr std::size_t kCasesMax = 50;
constexpr std::size_t kPapersMax = 200;
constexpr std::size_t kResultsMax = 50;
constexpr std::size_t kBasesMax = 100;
constexpr std::size_t kReplacementsMax = 10;
constexpr std::size_t kInstructionsMax = 20;
constexpr const char* kExampleDay = "2026-08-20";

// Writes the files of one package.
class Writer {
 public:
  Writer(const Entry& entry, const DraftOptions& options, const DraftSources& sources)
      : entry_(entry), options_(options), sources_(sources) {}

  Draft write() {
    draft_.code = entry_.code;
    draft_.name = untranslated(text(entry_.name, kNameMax));
    draft_.level = options_.level;
    read_limits();
    read_cases();
    const DraftCompetence competence = draft_competence(entry_, options_.level, options_.agency,
                                                        sources_.policy, sources_.organisation);
    draft_.process = competence.process;
    if (!competence.registered) {
      doubt(DraftDoubt::agency_unregistered);
      note({"Cơ quan giải quyết được công bố (" + competence.missing.vi +
                ") chưa có trong danh mục tổ chức; bản nháp tạm dùng mã " +
                (competence.lead.empty() ? std::string{"của xã"} : competence.lead) +
                ", cần chọn lại trước khi công bố.",
            "The published agency (" + competence.missing.en +
                ") is not in the register of agencies; another stands in and has to be corrected"
                " before publishing."});
    }
    const DraftFees fees = draft_fees(entry_, limits_.channels);
    if (fees.unknown) doubt(DraftDoubt::fee_unknown);
    if (fees.other_money) doubt(DraftDoubt::fee_in_other_money);
    draft_.files["process.bpmn"] = process_xml(draft_.process, competence.names, halves());
    draft_.files["rules.dmn"] = fees.rules;
    draft_.files["form.yaml"] =
        draft_form(entry_, options_.level, cases_, fees.field, sources_.policy);
    draft_.files["procedure.yaml"] = procedure_yaml(competence, fees);
    draft_.digest = procedure::digest_of(draft_.files);
    std::ranges::sort(draft_.doubts);
    return std::move(draft_);
  }

 private:
  std::string text(std::string_view published, std::size_t characters_max) {
    std::string line = fitted(published, characters_max);
    if (line.ends_with("…") && !base::to_one_line(published).ends_with("…")) {
      doubt(DraftDoubt::texts_shortened);
    }
    return line;
  }

  void doubt(DraftDoubt doubt) {
    if (!draft_.has(doubt)) draft_.doubts.push_back(doubt);
  }

  void note(Bilingual note) { notes_.push_back(std::move(note)); }

  void read_limits() {
    limits_ = draft_limits(entry_, sources_.policy);
    shortest_ = limits_.shortest;
    if (limits_.assumed) doubt(DraftDoubt::limit_assumed);
    if (limits_.of_others) doubt(DraftDoubt::limit_of_others);
    if (limits_.of_several) doubt(DraftDoubt::limit_of_several);
    notes_ = limits_.notes;
  }

  // The steps share the shortest limit, in half hours of work.
  std::vector<int> halves() {
    const std::int64_t minutes = procedure::nominal_working_minutes(*shortest_);
    const int count = std::max(1, static_cast<int>(minutes / 30));
    const auto shares = sources_.policy.processes.find(to_text(draft_.process.variant));
    static const StepShares kNone;
    return split_limit(steps_of(draft_.process), count,
                       shares == sources_.policy.processes.end() ? kNone : shares->second);
  }

  // ------------------------------------------------------------------ cases

  void read_cases() {
    if (entry_.cases.size() < 2) return;
    IdMaker ids;
    for (const StatedCase& one : entry_.cases) {
      if (cases_.size() + 1 == kCasesMax && entry_.cases.size() > kCasesMax) {
        // The page has more of them than a package may: one takes all the rest.
        cases_.push_back(
            {ids.make("truong hop khac", "truong_hop"), {"Trường hợp khác", "Another case"}});
        break;
      }
      std::string name = text(one.name, kNameMax);
      if (name.empty()) name = "Trường hợp " + std::to_string(cases_.size() + 1);
      cases_.push_back({ids.make(name, "truong_hop"), untranslated(std::move(name))});
      case_limits_.push_back(one.limit);
      if (one.limit && procedure::nominal_working_minutes(*one.limit) <
                           procedure::nominal_working_minutes(*shortest_)) {
        shortest_ = one.limit;
      }
    }
  }

  std::string cases_yaml() const {
    if (cases_.empty()) {
      return "  - id: ordinary\n    name: {vi: \"Thông thường\", en: \"Ordinary\"}\n    limits:\n" +
             limits_yaml(limits_, sources_.policy);
    }
    std::string yaml;
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      yaml += "  - id: " + yaml_quoted(cases_[i].id) +
              "\n    name: " + yaml_bilingual(cases_[i].name) + "\n";
      if (i + 1 < cases_.size()) {
        yaml +=
            "    when: " + yaml_quoted(std::string{kCaseField} + " = \"" + cases_[i].id + "\"") +
            "\n";
      }
      yaml +=
          "    limits:\n" + limits_yaml(limits_, sources_.policy,
                                        i < case_limits_.size() ? case_limits_[i] : std::nullopt);
    }
    return yaml;
  }

  // ------------------------------------------------------------------ papers

  bool is_paper(const StatedComponent& component) const {
    return !component.instruction && !base::fold_for_search(component.name).empty();
  }

  std::string papers_yaml() {
    std::string yaml;
    IdMaker ids;
    std::vector<PaperName> names;
    std::vector<const StatedComponent*> papers;
    std::size_t instructions = 0;
    for (const StatedComponent& component : entry_.components) {
      if (!is_paper(component) || papers.size() == kPapersMax) {
        if (base::fold_for_search(component.name).empty()) continue;
        doubt(DraftDoubt::instructions_noted);
        if (instructions++ < kInstructionsMax) {
          note(untranslated(text(component.name, kNoteMax)));
        }
        continue;
      }
      papers.push_back(&component);
      names.push_back({ids.make(component.name, "giay_to"), component.name});
    }
    std::vector<Match> replaced;
    if (sources_.replacements != nullptr) {
      replaced = applying_matches(*sources_.replacements, entry_.code, names, sources_.policy);
    }
    for (std::size_t i = 0; i < papers.size(); ++i) {
      yaml += paper_yaml(*papers[i], names[i].id);
      std::size_t count = 0;
      for (const Match& match : replaced) {
        if (match.paper != names[i].id || ++count > kReplacementsMax) continue;
        if (count == 1) yaml += "    issued_by_state: true\n    replaced_by:\n";
        yaml += "      - " + replaced_by_yaml(*match.replacement, sources_.policy) + "\n";
      }
    }
    return yaml;
  }

  std::string paper_yaml(const StatedComponent& paper, const std::string& id) {
    std::string yaml =
        "  - id: " + yaml_quoted(id) +
        "\n    name: " + yaml_bilingual(untranslated(text(paper.name, kNameMax))) +
        "\n    kind: " + (paper.kind == procedure::ComponentKind::show ? "show" : "submit") + "\n";
    const int originals = std::clamp(paper.originals, 0, 100);
    const int copies = std::clamp(paper.copies, 0, 100);
    if (originals > 0) yaml += "    originals: " + std::to_string(originals) + "\n";
    if (copies > 0) yaml += "    copies: " + std::to_string(copies) + "\n";
    const auto index = static_cast<std::size_t>(std::max(paper.case_index, 0));
    if (paper.case_index >= 0 && !cases_.empty()) {
      const std::string& chosen = cases_[std::min(index, cases_.size() - 1)].id;
      yaml += "    applies_when: " + yaml_quoted("case_id = \"" + chosen + "\"") + "\n";
    }
    // Its own words say that not everybody has it; or it is neither an original nor a copy.
    const bool optional = says(base::fold_for_search(paper.name), sources_.policy.optional_words) ||
                          (originals == 0 && copies == 0);
    if (optional) yaml += "    required: false\n";
    std::string about;
    const std::string group = fitted(paper.group, 300);
    if (!group.empty() && group != "--" && paper.case_index < 0) about = group;
    if (!paper.templates.empty()) {
      std::string names;
      for (const std::string& name : paper.templates) names += (names.empty() ? "" : "; ") + name;
      about += (about.empty() ? "Mẫu: " : ". Mẫu: ") + fitted(names, 500);
    }
    if (!about.empty()) yaml += "    note: " + yaml_bilingual(untranslated(about)) + "\n";
    return yaml;
  }

  // ------------------------------------------------------------------ the rest

  std::string results_yaml() {
    std::string yaml;
    int number = 0;
    std::vector<std::string> codes;
    const auto add = [&](const std::string& published, const Bilingual& name) {
      // A code that no list has begins with what says so.
      std::string code = fitted(published, 40);
      if (code.empty() || code.ends_with("…")) {
        code = "CHUA-CO-MA-" + std::to_string(++number);
        doubt(DraftDoubt::result_without_code);
      }
      if (std::ranges::find(codes, code) != codes.end()) return;
      codes.push_back(code);
      yaml += "  - {code: " + yaml_quoted(code) + ", name: " + yaml_bilingual(name) + "}\n";
    };
    for (const StatedResult& result : entry_.results) {
      if (codes.size() == kResultsMax) break;
      const std::string name = text(result.name, kNameMax);
      if (name.empty() && result.code.empty()) continue;
      add(result.code, untranslated(name.empty() ? result.code : name));
    }
    if (codes.empty()) {
      doubt(DraftDoubt::no_result);
      add("", {"Kết quả giải quyết thủ tục hành chính", "Result of the procedure"});
    }
    return yaml;
  }

  std::string basis_yaml() {
    std::string yaml;
    std::size_t count = 0;
    for (const StatedBasis& basis : entry_.legal_basis) {
      if (count == kBasesMax) break;
      const std::string title = text(basis.title, kNameMax);
      const std::string act = fitted(basis.number.empty() ? basis.title : basis.number, 60);
      if (act.empty()) continue;
      ++count;
      yaml += "  - {act: " + yaml_quoted(act) +
              ", title: " + yaml_bilingual(untranslated(title.empty() ? act : title)) + "}\n";
    }
    if (count == 0) {
      doubt(DraftDoubt::no_legal_basis);
      const std::string act = fitted(entry_.decision, 60);
      yaml += "  - {act: " + yaml_quoted(act.empty() ? "chưa công bố" : act) +
              ", title: {vi: \"Quyết định công bố thủ tục hành chính\", en: \"Decision that"
              " published the procedure\"}}\n";
    }
    return yaml;
  }

  std::string authority_yaml(const DraftCompetence& competence) const {
    std::string yaml = "authority:\n";
    if (options_.level == Level::commune) {
      yaml += "  rule: commune_of_place\n  place_field: " + std::string{kPlaceField} + "\n";
      if (competence.police) yaml += "  body: commune_police\n";
    } else if (competence.committee == competence.lead) {
      yaml += "  rule: agency\n  agency: " + yaml_quoted(competence.lead) + "\n";
    } else {
      yaml += "  rule: lead_and_committee\n  lead: " + yaml_quoted(competence.lead) +
              "\n  committee: " + yaml_quoted(competence.committee) + "\n";
    }
    return yaml + "  text: " + yaml_bilingual(competence.text) + "\n";
  }

  std::string examples_yaml(const DraftFees& fees) const {
    std::string yaml = "examples:\n";
    const auto add = [&](const std::string& id, const std::string& name, bool asked) {
      std::string answers;
      if (asked) answers = std::string{kCaseField} + ": " + yaml_quoted(id);
      for (const auto& [key, value] : fees.answers) {
        answers += (answers.empty() ? "" : ", ") + std::string{key} + ": " + base::to_text(value);
      }
      yaml += "  - name: " + yaml_quoted(fitted(name, 200)) + "\n    on: " + kExampleDay +
              "\n    channel: " + std::string{procedure::to_text(limits_.channels.front())} +
              "\n    answers: {" + answers + "}\n    case: " + yaml_quoted(id) +
              "\n    fee: " + std::to_string(fees.example_total) + "\n";
    };
    if (cases_.empty()) add("ordinary", "Thông thường", false);
    for (const DraftCase& one : cases_) add(one.id, one.name.vi, true);
    return yaml;
  }

  // What nobody has published: the whole default, and what its doubts say.
  std::string assumed_yaml(const DraftFees& fees) const {
    std::string paths = "form, process";
    if (fees.unknown || fees.other_money) paths += ", fees";
    if (draft_.has(DraftDoubt::agency_unregistered)) paths += ", authority";
    if (draft_.has(DraftDoubt::limit_assumed) || draft_.has(DraftDoubt::limit_of_others) ||
        draft_.has(DraftDoubt::limit_of_several)) {
      if (cases_.empty()) paths += ", cases.ordinary.limits";
      for (const DraftCase& one : cases_) paths += ", cases." + one.id + ".limits";
    }
    return "assumed: [" + paths + "]\n";
  }

  Bilingual summary() const {
    std::string results;
    for (const StatedResult& result : entry_.results) {
      if (!result.name.empty()) results += (results.empty() ? "" : "; ") + result.name;
    }
    std::string text = entry_.name;
    if (!results.empty()) text += ". Kết quả: " + results;
    return untranslated(fitted(text, 500));
  }

  std::string notes_yaml() {
    std::string source =
        "Bản nháp lập từ trang công bố của Cơ sở dữ liệu quốc gia về thủ tục"
        " hành chính";
    if (!entry_.decision.empty()) source += ", quyết định " + entry_.decision;
    if (!entry_.page.empty()) source += " (" + entry_.page + ")";
    notes_.insert(
        notes_.begin(),
        {fitted(source + ". Biểu mẫu và quy trình là mặc định, cơ quan rà soát lại.", kNoteMax),
         "Drafted from the page of the national procedures database; form and process are"
         " defaults that an agency has yet to look through."});
    if (!entry_.conditions.empty()) {
      note(untranslated("Yêu cầu, điều kiện: " + text(entry_.conditions, kNoteMax)));
    }
    for (const DraftDoubt one : draft_.doubts) {
      const bool told = one == DraftDoubt::limit_assumed || one == DraftDoubt::limit_of_others ||
                        one == DraftDoubt::limit_of_several ||
                        one == DraftDoubt::agency_unregistered ||
                        one == DraftDoubt::instructions_noted || one == DraftDoubt::texts_shortened;
      if (!told) note(in_words(one));
    }
    std::string yaml = "notes:\n";
    for (const Bilingual& one : notes_) yaml += "  - " + yaml_bilingual(one) + "\n";
    return yaml;
  }

  std::string procedure_yaml(const DraftCompetence& competence, const DraftFees& fees) {
    const std::string field = fitted(entry_.field, 200);
    std::string channels;
    for (const Channel channel : limits_.channels) {
      channels += (channels.empty() ? "" : ", ") + std::string{procedure::to_text(channel)};
    }
    std::string yaml = "code: " + yaml_quoted(entry_.code) +
                       "\nrevision: 1\nname: " + yaml_bilingual(draft_.name) +
                       "\nsummary: " + yaml_bilingual(summary()) + "\n";
    yaml += "field: " + yaml_bilingual(untranslated(field.empty() ? "Chưa phân loại" : field)) +
            "\nlevel: " + std::string{procedure::to_text(options_.level)} + "\n";
    yaml += authority_yaml(competence);
    yaml += "legal_basis:\n" + basis_yaml();
    yaml += "channels: [" + channels + "]\ncases:\n" + cases_yaml();
    const std::string papers = papers_yaml();
    if (!papers.empty()) yaml += "components:\n" + papers;
    yaml += "fees:\n  decision: fees\n  text: " + yaml_bilingual(fees.text) + "\n";
    if (fees.unknown || fees.other_money) yaml += "  example_value: true\n";
    yaml += "results:\n" + results_yaml();
    yaml += notes_yaml();
    yaml += assumed_yaml(fees);
    yaml += examples_yaml(fees);
    return yaml;
  }

  const Entry& entry_;
  const DraftOptions& options_;
  const DraftSources& sources_;
  Draft draft_;
  DraftLimits limits_;
  std::optional<calendar::Limit> shortest_;
  std::vector<DraftCase> cases_;
  std::vector<std::optional<calendar::Limit>> case_limits_;  // beside cases_; their own
  std::vector<Bilingual> notes_;
};

}  // namespace

Draft write_draft(const Entry& entry, const DraftOptions& options, const DraftSources& sources) {
  return Writer(entry, options, sources).write();
}

}  // namespace catalogue
