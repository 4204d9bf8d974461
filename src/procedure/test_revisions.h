#pragma once
// test_revisions.h - another revision of a shipped package, for tests of what runs across
// revisions.
#include <string>

#include "procedure/test_packages.h"

namespace procedure {

inline void replace_in(PackageFiles& files, const std::string& file, const std::string& old,
                       const std::string& by) {
  std::string& text = files.at(file);
  const auto at = text.find(old);
  ASSERT_NE(at, std::string::npos) << old;
  text.replace(at, old.size(), by);
}

// Land money with a legal check of 8 hours before the appraisal, which gets 8 hours less; and with
// a published limit of one month instead of 30 days.
inline PackageFiles with_legal_check() {
  PackageFiles files = shipped_files("1.012994");
  replace_in(files, "procedure.yaml", "revision: 1\n", "revision: 2\n");
  for (int n = 0; n < 2; ++n) {
    replace_in(files, "procedure.yaml", "published: 30d", "published: 1mo");
  }
  replace_in(files, "process.bpmn", "mc:limit=\"112h\"", "mc:limit=\"104h\"");
  replace_in(files, "process.bpmn", "<bpmn:userTask id=\"appraise\"",
             R"(<bpmn:userTask id="legal_check"
      name="Kiểm tra pháp lý" mc:action="process" mc:role="specialist" mc:agency="lead"
      mc:limit="8h" mc:status="4" mc:title-en="Legal check" mc:outcomes="checked">
      <bpmn:extensionElements>
        <mc:property name="outcome.checked.vi" value="Đã kiểm tra" />
        <mc:property name="outcome.checked.en" value="Checked" />
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:userTask id="appraise")");
  replace_in(files, "process.bpmn",
             "<bpmn:sequenceFlow id=\"assign_expert_to_appraise\" sourceRef=\"assign_expert\" "
             "targetRef=\"appraise\" />",
             "<bpmn:sequenceFlow id=\"assign_expert_to_legal_check\" sourceRef=\"assign_expert\" "
             "targetRef=\"legal_check\" />"
             "<bpmn:sequenceFlow id=\"legal_check_to_appraise\" sourceRef=\"legal_check\" "
             "targetRef=\"appraise\" />");
  replace_in(files, "process.bpmn", "<bpmn:outgoing>assign_expert_to_appraise</bpmn:outgoing>",
             "<bpmn:outgoing>assign_expert_to_legal_check</bpmn:outgoing>");
  replace_in(files, "process.bpmn", "<bpmn:incoming>assign_expert_to_appraise</bpmn:incoming>",
             "<bpmn:incoming>legal_check_to_appraise</bpmn:incoming>");
  return files;
}

}  // namespace procedure
