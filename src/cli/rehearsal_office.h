#pragma once
// rehearsal_office.h - an office of its own for one scenario: the real store and use cases in a
// temporary folder, on a clock that is told the time.
#include <filesystem>
#include <memory>
#include <string>

#include "calendar/time_rules.h"
#include "casework/workplace.h"
#include "cli/data_folder.h"
#include "connect/message_texts.h"
#include "form/dictionary.h"
#include "party/organisation.h"
#include "rehearsal/run.h"

namespace cli {

// What all scenarios share; read once.
struct RehearsalSurroundings {
  form::Dictionary dictionary;
  party::Organisation organisation;
  calendar::OfficeCalendar calendar;
  calendar::TimeRulebook time_rules;
  connectors::MessageTexts texts;
};
[[nodiscard]] base::Outcome<RehearsalSurroundings> read_surroundings(const Shipped& shipped);

// A folder that is gone with its owner; in memory where the machine offers that.
class TemporaryFolder {
 public:
  [[nodiscard]] static base::Outcome<TemporaryFolder> make();
  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

// Plays one scenario in an empty office.  Thread-safe.
[[nodiscard]] base::Outcome<rehearsal::Outcome> play_alone(const rehearsal::Scenario& scenario,
                                                           const casework::ProcedurePtr& procedure,
                                                           const RehearsalSurroundings& around);

}  // namespace cli
