#pragma once
// diagram_svg.h - a diagram as SVG, with the findings of the analysis marked on it.
//
// The picture stands alone: no script, no reference to anything outside, readable in light and
// dark, and every element carries its id (data-element), a <title> and, where it is marked, a
// <desc>.
#include <span>
#include <string>

#include "bpmn/analysis.h"
#include "bpmn/diagram.h"

namespace bpmn {

enum class TextLanguage : std::uint8_t { vietnamese, english };

struct SvgOptions {
  TextLanguage language = TextLanguage::vietnamese;
  bool legend = true;  // the findings, listed below the picture
  std::string title;   // of the picture; the process's name where empty
};

// Marks the findings whose elements the diagram shows; those it does not show stand in the legend.
// The route of the first finding that has one is drawn as a highlighted way.
[[nodiscard]] std::string draw_svg(const Model& model, const Diagram& diagram,
                                   std::span<const AnalysisFinding> findings = {},
                                   const SvgOptions& options = {});

}  // namespace bpmn
