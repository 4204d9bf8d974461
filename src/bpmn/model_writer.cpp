#include "bpmn/element_writer.h"
#include "bpmn/model_patch.h"
#include "bpmn/model_source.h"
#include "bpmn/model_xml.h"
#include "bpmn/xml_print.h"

namespace bpmn {

std::string write_model(const Model& model) {
  if (model.source) return patched(*model.source, model);
  pugi::xml_document document;
  const pugi::xml_node root = ElementWriter(model, Naming{}).definitions(document);
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + print(root, {}) + "\n";
}

}  // namespace bpmn
