#pragma once
// demo_answers.h - plausible invented answers to any form, for demonstration data and benchmarks.
#include "base/json.h"
#include "base/random.h"
#include "calendar/instant.h"
#include "cli/demo_people.h"
#include "form/form.h"

namespace cli {

// Answers every visible required field by its kind, again and again until nothing is missing.  What
// the form still refuses is left as it is: the caller sees it when filing.
[[nodiscard]] base::json::object demo_answers(const form::Form& form, const DemoCitizen& citizen,
                                              const std::string& commune, calendar::Date today,
                                              base::SeededRandom& random);

}  // namespace cli
