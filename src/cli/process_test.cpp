#include "cli/process_test.h"

#include <chrono>

#include "calendar/clock.h"
#include "rehearsal/repertoire.h"

namespace cli {

base::Outcome<rehearsal::RunRecord> run_process_test(const casework::ProcedurePtr& procedure,
                                                     const procedure::PackageFiles& files,
                                                     const RehearsalSurroundings& around) {
  const auto begun = std::chrono::steady_clock::now();
  const auto repertoire = rehearsal::read_repertoire(files, *procedure);
  if (!repertoire) {
    std::string message = procedure->code + ": the scenarios cannot be read";
    if (!repertoire.error().empty()) {
      const form::DefinitionProblem& first = repertoire.error().front();
      message = procedure->code + "/" + first.file + ":" + std::to_string(first.line) + ": " +
                first.message + "; " + first.remedy;
    }
    return base::fault(base::FaultCode::invalid, std::move(message));
  }
  std::vector<rehearsal::Outcome> outcomes;
  for (const rehearsal::Scenario& one : repertoire->scenarios) {
    outcomes.push_back(TRY(play_alone(one, procedure, around)));
  }
  rehearsal::RunRecord record = rehearsal::record_of(*procedure, outcomes, files);
  record.program = MOTCUA_VERSION;
  record.at = calendar::SystemClock{}.now();
  record.milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(
                            std::chrono::steady_clock::now() - begun)
                            .count();
  return record;
}

}  // namespace cli
