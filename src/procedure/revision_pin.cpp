#include "procedure/revision_pin.h"

namespace procedure {

RevisionPin RevisionPin::of(std::string_view text) {
  const std::size_t plus = text.find('+');
  if (plus == std::string_view::npos) return {std::string{text}, std::string{text}};
  return {std::string{text.substr(0, plus)}, std::string{text.substr(plus + 1)}};
}

Procedure with_process_of(const Procedure& law, const Procedure& process) {
  Procedure mixed = law;
  mixed.steps = process.steps;
  mixed.process = process.process;
  mixed.digest =
      RevisionPin{RevisionPin::of(law.digest).law, RevisionPin::of(process.digest).process}.text();
  return mixed;
}

}  // namespace procedure
