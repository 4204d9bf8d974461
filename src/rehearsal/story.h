#pragma once
// story.h - where a scenario stands while it is played: its people, its dossier, what the last step
// led to.  Internal to rehearsal.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "casework/actions.h"
#include "casework/filing.h"
#include "rehearsal/filing_data.h"
#include "rehearsal/look.h"
#include "rehearsal/run.h"

namespace rehearsal {

struct SentMessage {
  std::string kind;  // "received"
  std::string to;
  std::string words;
};

// A step that makes no sense where it stands.
[[nodiscard]] inline casework::Failure not_so(const char* code, const std::string& text) {
  return {casework::FailureKind::invalid, code, {text, text}};
}

class Story {
 public:
  Story(const Scenario& scenario, const Setup& setup);

  // Does what the step says.  Nothing where it was done; else why not.
  [[nodiscard]] std::optional<casework::Failure> act(const Step& step);
  // What does not hold, in words; nothing where the expectation holds.
  [[nodiscard]] std::optional<std::string> contradiction(
      const Expectation& hope, const std::optional<casework::Failure>& failure);
  // Branches taken by everything so far.
  void note(Taken& taken);

 private:
  using Failed = std::optional<casework::Failure>;

  // Lets time pass up to that moment, stopping wherever it means something.
  Failed pass_time(calendar::Instant to);
  // Reads the dossier anew, with what happened since `before`, and takes the messages.
  Failed refresh();
  Failed take_messages();

  Failed suppose(const Step& step);
  Failed file(const Step& step);
  Failed perform(const Step& step);
  Failed complete(const Step& step);
  Failed supply(const Step& step);

  [[nodiscard]] casework::RequestKey next_key(const std::string& actor);
  [[nodiscard]] casework::CommandRequest request(const Step& step, const dossier::Task* task);
  [[nodiscard]] const party::Officer* officer(party::Role role, const std::string& name,
                                              const std::string& agency);
  // The officer who is meant; nullptr for the citizen.
  [[nodiscard]] const party::Officer* officer(const Who& who, const dossier::Task* task);
  [[nodiscard]] std::string agency_of(const Who& who, const dossier::Task* task) const;
  [[nodiscard]] dossier::Actor named_officer(const std::string& name, party::Role role,
                                             const std::string& agency);
  [[nodiscard]] const dossier::Task* task_at(const std::string& step) const;
  [[nodiscard]] const dossier::Task* task_of(procedure::StepAction action) const;
  [[nodiscard]] dossier::Attachment paper(const std::string& component);
  [[nodiscard]] procedure::Channel channel_of(const Step& step) const;
  void look(const base::json::object& answers, procedure::Channel channel, calendar::Date on);

  // Expectations, by what they are about.
  [[nodiscard]] std::optional<std::string> about_refusal(const Expectation& hope,
                                                         const Failed& failure) const;
  [[nodiscard]] std::optional<std::string> about_papers(const Expectation& hope) const;
  [[nodiscard]] std::optional<std::string> about_form(const Expectation& hope) const;
  [[nodiscard]] std::optional<std::string> about_fees(const Expectation& hope) const;
  [[nodiscard]] std::optional<std::string> about_dates(const Expectation& hope);
  [[nodiscard]] std::optional<std::string> about_state(const Expectation& hope);
  [[nodiscard]] std::optional<std::string> about_outcome(const Expectation& hope) const;
  [[nodiscard]] std::optional<std::string> about_messages(const Expectation& hope) const;
  [[nodiscard]] std::optional<std::string> about_rights(const Expectation& hope);
  [[nodiscard]] std::optional<calendar::Instant> supposed_due();

  const Scenario& scenario_;
  const Setup& setup_;
  const procedure::Procedure& procedure_;
  casework::Workplace& work_;
  FilingData data_;
  std::map<std::string, party::Officer> people_;
  std::map<std::string, std::string> known_;  // name of an officer -> id
  int keys_ = 0;
  int papers_ = 0;

  std::vector<std::string> dossiers_;  // ids, the newest last
  std::optional<dossier::Dossier> state_;
  std::int64_t seen_ = 0;              // version of the dossier before the step
  std::vector<std::string> events_;    // that the step led to
  std::vector<SentMessage> messages_;  // since the step before
  std::optional<Look> look_;
  bool supposing_ = false;  // the last step asked only
  Taken taken_;
};

}  // namespace rehearsal
