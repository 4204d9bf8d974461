#pragma once
// tree_yaml.h - YAML text to a Tree and back.
//
// Bounded as form/yaml_reader.h is: 1 MiB, 24 levels, 50,000 parts (an alias counts each time it is
// followed).  A key that stands twice is a problem.
#include <optional>
#include <string>
#include <string_view>

#include "form/definition_problem.h"
#include "procedure/tree.h"

namespace procedure {

// A map, or nothing and a problem.
[[nodiscard]] std::optional<Tree> read_tree(std::string_view text, const std::string& file,
                                            form::DefinitionProblems& problems);

// The same by the library alone, slower: what read_tree() falls back to for YAML that is not plain
// (plain_yaml.h).
[[nodiscard]] std::optional<Tree> read_tree_with_library(std::string_view text,
                                                         const std::string& file,
                                                         form::DefinitionProblems& problems);

// In canonical form: blocks of two spaces, texts in double quotes, everything in the order of the
// tree.  read_tree() of it says the same.
[[nodiscard]] std::string write_tree(const Tree& tree);

}  // namespace procedure
