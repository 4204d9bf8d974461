#pragma once
// dictionary_yaml.h - reads data/dictionary/*.yaml.  The format is in docs/formats/procedure.md.
#include <map>
#include <string>

#include "form/definition_problem.h"
#include "form/dictionary.h"

namespace form {

// `files`: name -> text; all files make one dictionary.  All problems at once.
[[nodiscard]] Defined<Dictionary> read_dictionary(const std::map<std::string, std::string>& files);

}  // namespace form
