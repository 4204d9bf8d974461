#include "rehearsal/repertoire.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "dossier/status.h"
#include "rehearsal/filing_data.h"

namespace rehearsal {
namespace {

constexpr std::size_t kScenariosMax = 500;
constexpr std::size_t kLikeDepthMax = 16;
constexpr std::size_t kSettingsMax = 5'000;
constexpr const char* kCommon = "scenarios/common.txt";

constexpr std::array kMessages{"filed",  "received", "refused",          "supplement",
                               "ready",  "stopped",  "apology",          "moved",
                               "paused", "resumed",  "officer_due_soon", "officer_due_passed"};
constexpr std::array kEvents{"filed",
                             "received",
                             "refused",
                             "work_moved",
                             "task_completed",
                             "task_assigned",
                             "task_sent_back",
                             "task_recalled",
                             "supplement_requested",
                             "supplemented",
                             "corrected",
                             "fee_assessed",
                             "file_attached",
                             "result_issued",
                             "result_returned",
                             "withdrawn",
                             "stopped",
                             "payment_recorded",
                             "refund_recorded",
                             "rated",
                             "control_slip_opened",
                             "book_entered",
                             "clock_paused",
                             "clock_resumed",
                             "apology_drafted",
                             "apology_signed",
                             "due_soon",
                             "due_passed",
                             "pause_overran",
                             "silence_took_effect",
                             "escalation_answered",
                             "due_recomputed",
                             "content_erased"};

// The names of the package, held against what the scenarios say.
class NameCheck {
 public:
  NameCheck(const procedure::Procedure& procedure, form::DefinitionProblems& problems)
      : procedure_(procedure), problems_(problems) {}

  void check(const Scenario& scenario) {
    for (const Setting& setting : scenario.data) check(setting, setting.file);
    for (const Step& step : scenario.steps) {
      line_ = step.line;
      file_ = scenario.file;
      check(step);
      for (const Setting& change : step.changes) check(change, scenario.file, step.line);
      for (const Expectation& hope : step.expectations) {
        line_ = hope.line;
        check(hope);
      }
    }
  }

 private:
  void problem(std::string message, std::string remedy) {
    if (problems_.size() < 200) {
      problems_.push_back({file_, line_, std::move(message), std::move(remedy)});
    }
  }

  template <class Range, class Name>
  void known(const Range& range, const Name& name_of, const std::string& name, const char* what) {
    std::string all;
    for (const auto& one : range) {
      if (name_of(one) == name) return;
      if (all.size() < 600) all += (all.empty() ? "" : ", ") + std::string{name_of(one)};
    }
    problem(std::string{"the procedure has no "} + what + " `" + name + "`",
            all.empty() ? "take it out" : "write one of " + all);
  }

  void step(const std::string& id) {
    known(procedure_.steps, [](const procedure::Step& one) { return one.id; }, id, "step");
  }
  void paper(const std::string& id) {
    known(
        procedure_.components, [](const procedure::Component& one) { return one.id; }, id, "paper");
  }
  void field(const std::string& name) {
    if (find_named(procedure_.form, name).field != nullptr) return;
    std::vector<std::string> ids;
    for (const form::Page& page : procedure_.form.pages) {
      for (const form::Field& one : page.fields) ids.push_back(one.id);
    }
    known(ids, [](const std::string& one) { return one; }, name, "field");
  }

  void check(const Setting& setting, const std::string& file, int line = 0) {
    file_ = file;
    line_ = line != 0 ? line : setting.line;
    if (setting.kind == Setting::Kind::papers) {
      for (const std::string& id : setting.papers.names) paper(id);
    }
    if (setting.kind != Setting::Kind::answer) return;
    field(setting.name);
    const NamedField named = find_named(procedure_.form, setting.name);
    if (named.field == nullptr) return;
    const bool table = named.field->type == form::FieldType::table && named.column == nullptr;
    if (!setting.table) {
      if (table && !setting.value.nothing) {
        problem("`" + setting.name + "` is a table",
                "write `" + setting.name + " =` and its rows below, as | a | b |");
      }
      return;
    }
    if (!table) {
      return problem("`" + setting.name + "` has no value",
                     "write a value, or `nothing` for no answer");
    }
    if (setting.table->columns.empty()) {
      problem("the table has no rows", "write the columns below it, as | a | b |");
    }
    for (const std::string& column : setting.table->columns) {
      known(named.field->columns, [](const form::Field& one) { return one.id; }, column, "column");
    }
  }

  void check(const Step& one) {
    switch (one.deed) {
      case Deed::complete: {
        step(one.step);
        const procedure::Step* found = procedure_.find_step(one.step);
        if (found != nullptr) {
          known(
              found->outcomes, [](const procedure::Outcome& outcome) { return outcome.code; },
              one.code, "outcome");
        }
        break;
      }
      case Deed::assign:
      case Deed::send_back:
      case Deed::issue:
      case Deed::return_result:
        if (!one.step.empty()) step(one.step);
        break;
      case Deed::attach:
        paper(one.step);
        break;
      case Deed::request_supplement:
        for (const Wish& wish : one.wishes) {
          if (!wish.about.empty() && procedure_.find_component(wish.about) == nullptr) {
            field(wish.about);
          }
        }
        break;
      default:
        break;
    }
  }

  void check(const Expectation& hope) {
    const auto self = [](const char* name) { return std::string{name}; };
    switch (hope.hope) {
      case Hope::case_is:
        known(
            procedure_.cases, [](const procedure::Case& one) { return one.id; }, hope.names[0],
            "case");
        break;
      case Hope::open:
      case Hope::passed:
      case Hope::may:
      case Hope::step_due:
      case Hope::holder:
        for (const std::string& id : hope.names) step(id);
        break;
      case Hope::papers:
      case Hope::asks:
      case Hope::replaced:
        for (const std::string& id : hope.names) paper(id);
        break;
      case Hope::shown:
      case Hope::warns:
      case Hope::answer:
        for (const std::string& id : hope.names) field(id);
        break;
      case Hope::result:
        known(
            procedure_.results, [](const procedure::ResultDocument& one) { return one.code; },
            hope.names[0], "result");
        break;
      case Hope::message:
        if (!hope.names.empty()) known(kMessages, self, hope.names[0], "message");
        break;
      case Hope::happens:
        for (const std::string& event : hope.names) known(kEvents, self, event, "event");
        break;
      case Hope::status: {
        std::vector<std::string> all;
        for (int status = 1; status <= 10; ++status) {
          all.emplace_back(dossier::key_of(static_cast<dossier::NationalStatus>(status)));
          if (hope.names[0] == std::to_string(status)) return;
        }
        known(all, [](const std::string& one) { return one; }, hope.names[0], "status");
        break;
      }
      default:
        break;
    }
  }

  const procedure::Procedure& procedure_;
  form::DefinitionProblems& problems_;
  std::string file_;
  int line_ = 0;
};

class Reader {
 public:
  Reader(const procedure::PackageFiles& files, const procedure::Procedure& procedure)
      : files_(files), procedure_(procedure) {}

  form::Defined<Repertoire> run() {
    read_files();
    Repertoire repertoire;
    for (const auto& [name, scenario] : scenarios_) {
      Scenario whole = scenario;
      whole.data.clear();
      std::set<std::string> under_way{name};
      flatten(scenario.data, scenario.file, under_way, whole.data);
      NameCheck{procedure_, problems_}.check(whole);
      repertoire.scenarios.push_back(std::move(whole));
    }
    // A block that several take is told once.
    form::DefinitionProblems told;
    for (form::DefinitionProblem& one : problems_) {
      if (std::ranges::find(told, one) == told.end()) told.push_back(std::move(one));
    }
    if (!told.empty()) return base::Failure{std::move(told)};
    return repertoire;
  }

 private:
  void read_files() {
    for (const auto& [file, text] : files_) {
      if (!file.starts_with("scenarios/")) continue;
      if (!file.ends_with(".txt")) {
        problems_.push_back({file, 0, "this is no scenario", "name it scenarios/<name>.txt"});
        continue;
      }
      if (file == kCommon) {
        auto blocks = read_data_blocks(file, text);
        if (blocks) {
          blocks_ = std::move(blocks).value();
        } else {
          problems_.insert(problems_.end(), blocks.error().begin(), blocks.error().end());
        }
        continue;
      }
      if (scenarios_.size() >= kScenariosMax) {
        problems_.push_back({file, 0, "more than 500 scenarios", "leave out what others show"});
        return;
      }
      auto scenario = read_scenario(file, text);
      if (!scenario) {
        problems_.insert(problems_.end(), scenario.error().begin(), scenario.error().end());
        continue;
      }
      scenarios_.emplace(scenario->name, std::move(scenario).value());
    }
  }

  void flatten(const std::vector<Setting>& data, const std::string& file,
               std::set<std::string>& under_way, std::vector<Setting>& into) {
    for (const Setting& setting : data) {
      if (setting.kind != Setting::Kind::like) {
        if (into.size() < kSettingsMax) into.push_back(setting);
        continue;
      }
      const auto block = blocks_.find(setting.name);
      const auto scenario = scenarios_.find(setting.name);
      const std::string key = block != blocks_.end() ? "data " + setting.name : setting.name;
      if (block == blocks_.end() && scenario == scenarios_.end()) {
        problems_.push_back({file, setting.line,
                             "there is neither a block of data nor a scenario `" + setting.name +
                                 "` that can be read",
                             "add `data " + setting.name + "` to scenarios/common.txt"});
        continue;
      }
      if (under_way.contains(key) || under_way.size() > kLikeDepthMax) {
        problems_.push_back({file, setting.line, "`like " + setting.name + "` leads in a circle",
                             "write the data out in one of them"});
        continue;
      }
      under_way.insert(key);
      flatten(block != blocks_.end() ? block->second : scenario->second.data,
              block != blocks_.end() ? kCommon : scenario->second.file, under_way, into);
      under_way.erase(key);
    }
  }

  const procedure::PackageFiles& files_;
  const procedure::Procedure& procedure_;
  form::DefinitionProblems problems_;
  DataBlocks blocks_;
  std::map<std::string, Scenario> scenarios_;
};

}  // namespace

form::Defined<Repertoire> read_repertoire(const procedure::PackageFiles& files,
                                          const procedure::Procedure& procedure) {
  return Reader{files, procedure}.run();
}

}  // namespace rehearsal
