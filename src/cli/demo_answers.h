#pragma once
// demo_answers.h - plausible invented answers to any form, for demonstration data and benchmarks.
#include "base/json.h"
#include "base/random.h"
#include "calendar/instant.h"
#include "cli/demo_people.h"
#include "form/form.h"

namespace cli {

// Answers every visible required field by its kind, again and again until nothing is missing;
// where checks across fields still say no it begins anew, a few times.  What the form refuses even
// then the caller sees when filing.
[[nodiscard]] base::json::object demo_answers(const form::Form& form, const DemoCitizen& citizen,
                                              const std::string& commune, calendar::Date today,
                                              base::SeededRandom& random);

}  // namespace cli
