#pragma once
// look.h - what form and procedure say to answers, before anything is filed.  Internal to
// rehearsal.
#include <optional>
#include <string>
#include <vector>

#include "form/validation.h"
#include "procedure/assessment.h"

namespace rehearsal {

struct Look {
  procedure::Situation situation;  // with the normalised answers
  form::FormEvaluation evaluation;
  const procedure::Case* chosen = nullptr;
  std::vector<procedure::NeededComponent> needed;
  std::optional<procedure::Fees> fees;  // nothing: an answer is missing

  // Papers that have to be brought: required, not replaced by data, and such as the channel takes.
  [[nodiscard]] std::vector<std::string> to_bring() const;
  // Required or welcome.
  [[nodiscard]] bool asks(const std::string& component) const;
  [[nodiscard]] bool is_replaced(const std::string& component) const;
};

[[nodiscard]] Look look_at(const procedure::Procedure& procedure, const base::json::object& answers,
                           procedure::Channel channel, calendar::Date on);

}  // namespace rehearsal
