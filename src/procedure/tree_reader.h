#pragma once
// tree_reader.h - takes values out of a Tree, gathering every problem with its line and remedy.
// Internal to procedure; form/yaml_reader.h is its counterpart for text that is read once.
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "calendar/instant.h"
#include "form/bilingual.h"
#include "form/definition_problem.h"
#include "form/yaml_reader.h"
#include "procedure/component.h"
#include "procedure/tree.h"

namespace procedure {

class TreeReader {
 public:
  TreeReader(std::string file, form::DefinitionProblems& problems)
      : file_(std::move(file)), problems_(problems) {}

  void problem(const Tree& at, std::string message, std::string remedy);
  // False when it is no map; every key that is not among `keys` is a problem.
  bool only_keys(const Tree& map, std::initializer_list<std::string_view> keys);

  // The empty value when the key is absent; a problem when it is needed or of another kind.
  [[nodiscard]] std::string text(const Tree& map, std::string_view key,
                                 form::Need need = form::Need::optional,
                                 std::size_t length_max = 2000);
  [[nodiscard]] form::Bilingual bilingual(const Tree& map, std::string_view key,
                                          form::Need need = form::Need::optional);
  [[nodiscard]] std::optional<std::int64_t> integer(const Tree& map, std::string_view key);
  [[nodiscard]] std::optional<calendar::Date> date(const Tree& map, std::string_view key,
                                                   form::Need need = form::Need::optional);
  // `map` itself is the provision.
  [[nodiscard]] LegalBasis legal_basis(const Tree& map);

 private:
  std::string file_;
  form::DefinitionProblems& problems_;
};

[[nodiscard]] Tree legal_basis_tree(const LegalBasis& basis);

}  // namespace procedure
