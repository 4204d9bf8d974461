#pragma once
// draft_scenarios.h - the stories by which a draft is tried before anybody publishes it: the
// ordinary way to the returned result, every other outcome of every step, every case and question.
//
// Pure.  They hold a draft to its own process, fees and papers; whether those are the law's is for
// whoever looks the draft through.  docs/formats/scenario.md is the language.
#include <string_view>

#include "procedure/package.h"
#include "procedure/procedure.h"

namespace catalogue {

// "scenarios/<name>.txt" -> text.  `source`: the decision that published the page.
[[nodiscard]] procedure::PackageFiles draft_scenarios(const procedure::Procedure& procedure,
                                                      std::string_view source);

}  // namespace catalogue
