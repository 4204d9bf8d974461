#include "catalogue/draft.h"

#include <algorithm>
#include <array>
#include <utility>

#include <boost/json.hpp>

#include "base/text.h"
#include "bpmn/analysis.h"
#include "bpmn/model_xml.h"
#include "catalogue/draft_competence.h"
#include "catalogue/draft_fees.h"
#include "catalogue/draft_form.h"
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

bool is_code(std::string_view code) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return code.size() == 8 && digit(code[0]) && code[1] == '.' &&
         std::ranges::all_of(code.substr(2), digit);
}

Tier tier_of(Level level) {
  switch (level) {
    case Level::commune:
      return Tier::commune;
    case Level::province:
      return Tier::province;
    case Level::ministry:
      return Tier::ministry;
  }
  return Tier::other;
}

// Writes the files of one package.
class Writer {
 public:
  Writer(const Entry& entry, const DraftOptions& options, const DraftSources& sources)
      : entry_(entry), options_(options), sources_(sources) {}

  Draft write() {
    draft_.code = entry_.code;
    draft_.name = untranslated(text(entry_.name, kNameMax));
    draft_.level = options_.level;
    read_channels();
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
    const DraftFees fees = draft_fees(entry_, channels_);
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

  // ------------------------------------------------------------------ channels and limits

  void read_channels() {
    std::optional<calendar::Limit> shortest;
    const auto shorter = [](const calendar::Limit& a, const calendar::Limit& b) {
      return procedure::nominal_working_minutes(a) < procedure::nominal_working_minutes(b);
    };
    for (const Channel channel : {Channel::online, Channel::counter, Channel::post}) {
      std::optional<calendar::Limit> limit;
      bool stated = false;
      for (const ChannelLine& line : entry_.channels) {
        if (line.channel != channel) continue;
        stated = true;
        if (!line.limit) continue;
        if (limit && *limit != *line.limit) several_ = true;
        if (!limit || shorter(*line.limit, *limit)) limit = line.limit;
      }
      if (!stated) continue;
      channels_.push_back(channel);
      limits_.push_back(limit);
      if (limit && (!shortest || shorter(*limit, *shortest))) shortest = limit;
    }
    if (several_) {
      doubt(DraftDoubt::limit_of_several);
      note(
          {"Trang công bố nêu nhiều thời hạn cho cùng một cách nộp; bản nháp hẹn theo thời hạn"
           " ngắn nhất.",
           "The published page states several limits for one channel; this draft promises the"
           " shortest."});
    }
    if (!std::ranges::all_of(limits_, [](const auto& limit) { return limit.has_value(); })) {
      assume_limit(shortest);
    }
    for (std::optional<calendar::Limit>& limit : limits_) {
      if (!limit) limit = shortest;
    }
    shortest_ = shortest;
  }

  // Of what states no limit that was understood.  A channel takes that of the others; a number
  // without a unit is read as calendar days, the shortest that it can mean in days; where there is
  // no number the policy has one.
  void assume_limit(std::optional<calendar::Limit>& shortest) {
    if (shortest) {
      doubt(DraftDoubt::limit_of_others);
      note(
          {"Có cách nộp không nêu thời hạn; bản nháp dùng thời hạn ngắn nhất của các cách nộp"
           " khác.",
           "One channel states no limit; the shortest one of the others stands in."});
      return;
    }
    doubt(DraftDoubt::limit_assumed);
    std::string number;
    for (const ChannelLine& line : entry_.channels) {
      const bool digits = !line.raw_time.empty() && line.raw_time.size() <= 3 &&
                          line.raw_time.find_first_not_of("0123456789") == std::string::npos;
      if (!digits) continue;
      const auto limit = calendar::Limit::parse(line.raw_time + "d");
      if (limit && (!shortest || limit->halves() < shortest->halves())) {
        shortest = *limit;
        number = line.raw_time;
      }
    }
    if (shortest) {
      note({"Trang công bố ghi thời hạn “" + number +
                "” mà không có đơn vị; bản nháp tạm hiểu là ngày, cơ quan phải ghi đúng trước khi"
                " công bố.",
            "The published page says “" + number +
                "” without a unit; this draft reads calendar days, and the agency has to enter the"
                " right limit before publishing."});
      return;
    }
    shortest = sources_.policy.assumed_limit;
    note(sources_.policy.assumed_limit_reason);
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

  std::string limits_yaml(const std::optional<calendar::Limit>& own = std::nullopt) const {
    if (own) return "      - {published: " + own->text() + "}\n";
    std::string yaml;
    std::vector<bool> done(channels_.size(), false);
    for (std::size_t i = 0; i < channels_.size(); ++i) {
      if (done[i]) continue;
      std::string names;
      for (std::size_t j = i; j < channels_.size(); ++j) {
        if (*limits_[j] != *limits_[i]) continue;
        done[j] = true;
        names += (names.empty() ? "" : ", ") + std::string{procedure::to_text(channels_[j])};
      }
      yaml += "      - {channels: [" + names + "], published: " + limits_[i]->text();
      if (limits_[i]->unit() == calendar::LimitUnit::same_day && sources_.policy.same_day_cutoff) {
        yaml += ", cutoff: " + yaml_quoted(calendar::to_text(*sources_.policy.same_day_cutoff));
      }
      yaml += "}\n";
    }
    return yaml;
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
             limits_yaml();
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
          "    limits:\n" + limits_yaml(i < case_limits_.size() ? case_limits_[i] : std::nullopt);
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
              "\n    channel: " + std::string{procedure::to_text(channels_.front())} +
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
    for (const Channel channel : channels_) {
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
  std::vector<Channel> channels_;
  std::vector<std::optional<calendar::Limit>> limits_;  // beside channels_
  std::optional<calendar::Limit> shortest_;
  bool several_ = false;
  std::vector<DraftCase> cases_;
  std::vector<std::optional<calendar::Limit>> case_limits_;  // beside cases_; their own
  std::vector<Bilingual> notes_;
};

Bilingual reason_in_words(DraftRefusal refusal) {
  switch (refusal) {
    case DraftRefusal::no_page:
      return {"Chỉ có trong danh sách, chưa có trang thủ tục; hãy nhập trang chi tiết.",
              "Known from a list only; import its page."};
    case DraftRefusal::bad_code:
      return {"Mã thủ tục không đúng dạng 1.001193.", "The code is not of the form 1.001193."};
    case DraftRefusal::no_name:
      return {"Trang công bố không có tên thủ tục.", "The page has no name."};
    case DraftRefusal::other_tier:
      return {"Không thực hiện ở cấp này.", "Not done at this level."};
    case DraftRefusal::no_channel:
      return {"Trang công bố không nêu cách nộp hồ sơ.", "The page names no way to file."};
    case DraftRefusal::not_accepted:
      return {"Gói lập ra không qua được kiểm tra.", "The package made of it fails the checks."};
  }
  return {};
}

base::Failure<std::vector<DraftReason>> refuse(DraftRefusal refusal, std::string detail = {}) {
  return base::Failure{
      std::vector<DraftReason>{{refusal, reason_in_words(refusal), std::move(detail)}}};
}

std::string told(const form::DefinitionProblems& problems) {
  std::string text;
  for (const form::DefinitionProblem& one : problems) {
    text +=
        (text.empty() ? "" : "\n") + one.file + ":" + std::to_string(one.line) + ": " + one.message;
  }
  return text;
}

// What the checks say of the files; empty: nothing.
std::string faults_of(const procedure::PackageFiles& files, const form::Dictionary& dictionary) {
  const auto loaded = procedure::load_package(files, dictionary);
  if (!loaded) return told(loaded.error());
  const auto found = files.find("process.bpmn");
  const auto model = bpmn::read_model(found->second);
  if (!model) return "process.bpmn: " + model.error().message;
  std::string text;
  for (const bpmn::AnalysisFinding& finding : bpmn::analyse(*model)) {
    if (finding.severity != bpmn::Severity::error) continue;
    text += (text.empty() ? "" : "\n") + std::string{"process.bpmn: "} + finding.message;
  }
  return text;
}

constexpr std::array kDoubts{
    DraftDoubt::limit_assumed,       DraftDoubt::limit_of_others, DraftDoubt::limit_of_several,
    DraftDoubt::agency_unregistered, DraftDoubt::fee_unknown,     DraftDoubt::fee_in_other_money,
    DraftDoubt::result_without_code, DraftDoubt::no_result,       DraftDoubt::no_legal_basis,
    DraftDoubt::instructions_noted,  DraftDoubt::texts_shortened};

}  // namespace

std::string_view to_text(DraftRefusal refusal) {
  switch (refusal) {
    case DraftRefusal::no_page:
      return "no-page";
    case DraftRefusal::bad_code:
      return "bad-code";
    case DraftRefusal::no_name:
      return "no-name";
    case DraftRefusal::other_tier:
      return "other-tier";
    case DraftRefusal::no_channel:
      return "no-channel";
    case DraftRefusal::not_accepted:
      return "not-accepted";
  }
  return "";
}

std::string_view to_text(DraftDoubt doubt) {
  switch (doubt) {
    case DraftDoubt::limit_assumed:
      return "limit-assumed";
    case DraftDoubt::limit_of_others:
      return "limit-of-others";
    case DraftDoubt::limit_of_several:
      return "limit-of-several";
    case DraftDoubt::agency_unregistered:
      return "agency-unregistered";
    case DraftDoubt::fee_unknown:
      return "fee-unknown";
    case DraftDoubt::fee_in_other_money:
      return "fee-in-other-money";
    case DraftDoubt::result_without_code:
      return "result-without-code";
    case DraftDoubt::no_result:
      return "no-result";
    case DraftDoubt::no_legal_basis:
      return "no-legal-basis";
    case DraftDoubt::instructions_noted:
      return "instructions-noted";
    case DraftDoubt::texts_shortened:
      return "texts-shortened";
  }
  return "";
}

Bilingual in_words(DraftDoubt doubt) {
  switch (doubt) {
    case DraftDoubt::limit_assumed:
      return {"Không hiểu được thời hạn công bố; bản nháp dùng giá trị tạm.",
              "No published limit was understood; one stands in."};
    case DraftDoubt::limit_of_others:
      return {"Một cách nộp không nêu thời hạn; bản nháp dùng thời hạn của cách nộp khác.",
              "A channel states no limit; that of the others stands in."};
    case DraftDoubt::limit_of_several:
      return {"Một cách nộp nêu nhiều thời hạn; bản nháp hẹn theo thời hạn ngắn nhất.",
              "One channel states several limits; the shortest is promised."};
    case DraftDoubt::agency_unregistered:
      return {"Cơ quan giải quyết chưa có trong danh mục tổ chức; cơ quan khác tạm thay.",
              "Who decides is not in the register of agencies; another stands in."};
    case DraftDoubt::fee_unknown:
      return {"Chưa biết mức phí, lệ phí; 0 đồng là giá trị ví dụ cho đến khi ghi mức đúng.",
              "The fee is not known; 0 dong is an example value until the right one is entered."};
    case DraftDoubt::fee_in_other_money:
      return {
          "Phí công bố bằng ngoại tệ; 0 đồng là giá trị ví dụ cho đến khi quy đổi.",
          "The fee is published in another currency; 0 dong is an example value until converted."};
    case DraftDoubt::result_without_code:
      return {"Kết quả chưa có mã trong danh mục quốc gia; mã CHUA-CO-MA là mã tạm.",
              "A result has no code of the national list; CHUA-CO-MA stands in."};
    case DraftDoubt::no_result:
      return {"Trang công bố không nêu kết quả giải quyết.", "The page names no result."};
    case DraftDoubt::no_legal_basis:
      return {"Trang công bố không nêu căn cứ pháp lý; ghi tạm quyết định công bố.",
              "The page names no legal basis; the decision that published it stands in."};
    case DraftDoubt::instructions_noted:
      return {"Hướng dẫn đứng lẫn trong thành phần hồ sơ đã chuyển thành ghi chú.",
              "Instructions among the papers have become notes."};
    case DraftDoubt::texts_shortened:
      return {"Có văn bản công bố quá dài, đã rút ngắn.", "A published text was shortened."};
  }
  return {};
}

bool holds_publication(DraftDoubt doubt) {
  return doubt == DraftDoubt::limit_assumed || doubt == DraftDoubt::agency_unregistered;
}

bool Draft::has(DraftDoubt doubt) const {
  return std::ranges::find(doubts, doubt) != doubts.end();
}

base::Result<Draft, std::vector<DraftReason>> draft_package(const Entry& entry,
                                                            const DraftOptions& options,
                                                            const DraftSources& sources) {
  if (!is_code(entry.code)) return refuse(DraftRefusal::bad_code, fitted(entry.code, 60));
  if (entry.list_only) return refuse(DraftRefusal::no_page);
  if (base::fold_for_search(entry.name).empty()) return refuse(DraftRefusal::no_name);
  if (std::ranges::find(entry.tiers, tier_of(options.level)) == entry.tiers.end()) {
    return refuse(DraftRefusal::other_tier);
  }
  if (entry.channels.empty()) return refuse(DraftRefusal::no_channel);
  Draft draft = Writer(entry, options, sources).write();
  if (std::string faults = faults_of(draft.files, sources.dictionary); !faults.empty()) {
    return refuse(DraftRefusal::not_accepted, std::move(faults));
  }
  return draft;
}

base::json::object to_json(const Draft& draft, const Entry& entry, const DraftOptions& options) {
  base::json::object files;
  for (const auto& [name, text] : draft.files) files[name] = text;
  base::json::array doubts;
  for (const DraftDoubt doubt : draft.doubts) doubts.emplace_back(to_text(doubt));
  return {{"files", std::move(files)},
          {"origin", base::json::object{{"kind", "catalogue"},
                                        {"entry", entry.content_hash},
                                        {"level", procedure::to_text(draft.level)},
                                        {"agency", options.agency},
                                        {"process", to_text(draft.process.variant)},
                                        {"inspection", draft.process.inspection},
                                        {"consultation", draft.process.consultation},
                                        {"doubts", std::move(doubts)}}}};
}

DraftVerdict judge_draft(const base::json::value& body, const form::Dictionary& dictionary,
                         bool also_doubtful) {
  DraftVerdict verdict;
  const auto* files = base::find(body, "files");
  if (files == nullptr || !files->is_object()) {
    verdict.reasons.emplace_back("the draft has no files");
    return verdict;
  }
  procedure::PackageFiles package;
  for (const auto& [name, text] : files->get_object()) {
    if (text.is_string()) package[name] = std::string{text.get_string()};
  }
  if (std::string faults = faults_of(package, dictionary); !faults.empty()) {
    verdict.reasons.push_back(std::move(faults));
  }
  const auto* origin = base::find(body, "origin");
  const auto* doubts = origin == nullptr ? nullptr : base::find(*origin, "doubts");
  if (doubts != nullptr && doubts->is_array() && !also_doubtful) {
    for (const base::json::value& one : doubts->get_array()) {
      const auto known = std::ranges::find_if(kDoubts, [&](DraftDoubt doubt) {
        return one.is_string() && to_text(doubt) == std::string_view{one.get_string()};
      });
      if (known != kDoubts.end() && holds_publication(*known)) {
        verdict.reasons.emplace_back(to_text(*known));
      }
    }
  }
  verdict.passes = verdict.reasons.empty();
  return verdict;
}

}  // namespace catalogue
