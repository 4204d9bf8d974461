#pragma once
// rules_tree.h - rules.dmn as a Tree of what overlays may speak of, and back.  Internal to
// procedure.
//
//   rules    := {decisions: [decision]}
//   decision := {id, text}                 a FEEL expression
//             | {id, rows: [row]}          a decision table
//             | {id, xml}                  anything else, as it stands in the file
//   row      := {id, when: [text], <name of the output>: text …}     FEEL, as in the file
//
// A decision that an overlay sets as a whole is a text: the XML of its <decision> element.
#include <string>
#include <string_view>

#include "form/definition_problem.h"
#include "procedure/tree.h"

namespace procedure {

// A file that is no XML has no decisions; load_package() says why.
[[nodiscard]] Tree rules_tree(std::string_view xml);

// Is the text one <decision> element with this id?
[[nodiscard]] bool is_decision_xml(std::string_view xml, std::string_view id);

// `xml` with the differences between `before`, its own tree, and `after` put in.
[[nodiscard]] std::string rules_xml(std::string_view xml, const Tree& before, const Tree& after);

}  // namespace procedure
