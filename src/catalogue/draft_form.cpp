#include "catalogue/draft_form.h"

#include "base/text.h"
#include "catalogue/draft_text.h"

namespace catalogue {
namespace {

struct Subjects {
  bool person = false;
  bool foreigner = false;
  bool organisation = false;
};

Subjects subjects_of(const Entry& entry, const DraftPolicy& policy) {
  Subjects subjects;
  for (const std::string& text : entry.subjects) {
    const std::string folded = base::fold_for_search(text);
    subjects.foreigner = subjects.foreigner || says(folded, policy.foreigner_words);
    subjects.person = subjects.person || says(folded, policy.person_words);
    subjects.organisation = subjects.organisation || says(folded, policy.organisation_words);
  }
  // A page that names nobody is for everybody.
  if (!subjects.person && !subjects.organisation) subjects.person = subjects.organisation = true;
  return subjects;
}

// Adds `lines` indented by `depth` blanks.
void indent(std::string& text, std::string_view lines, std::size_t depth) {
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    text.append(depth, ' ');
    text += lines.substr(0, end);
    text += '\n';
    lines = end == std::string_view::npos ? std::string_view{} : lines.substr(end + 1);
  }
}

void page(std::string& text, const char* id, const Bilingual& title) {
  text +=
      "  - id: " + std::string{id} + "\n    title: " + yaml_bilingual(title) + "\n    fields:\n";
}

void add(std::string& text, std::string_view field) {
  indent(text, field, 6);
}

void applicant_page(std::string& text, const Subjects& subjects) {
  const bool both = subjects.person && subjects.organisation;
  page(text, "applicant", {"Người đề nghị", "Who applies"});
  if (both) {
    add(text,
        "- id: applicant_kind\n"
        "  type: choice\n"
        "  label: {vi: \"Người đề nghị là\", en: \"The applicant is\"}\n"
        "  required: true\n"
        "  options:\n"
        "    - {value: person, label: {vi: \"Cá nhân\", en: \"A person\"}}\n"
        "    - {value: organisation, label: {vi: \"Tổ chức, doanh nghiệp\", en: \"An "
        "organisation\"}}");
  }
  if (subjects.person) {
    const std::string when = both ? "\n  visible_when: applicant_kind = \"person\"" : "";
    add(text,
        "- id: applicant_name\n"
        "  from: person.full_name\n"
        "  required: true\n"
        "  prefill: applicant.full_name" +
            when);
    add(text, "- id: applicant_id\n  from: person.personal_id\n" +
                  std::string{subjects.foreigner ? "  required: false\n" : "  required: true\n"} +
                  "  prefill: applicant.personal_id" + when);
    if (subjects.foreigner) {
      const std::string asked =
          both ? "applicant_kind = \"person\" and applicant_id = null" : "applicant_id = null";
      add(text,
          "- id: passport_number\n"
          "  type: text\n"
          "  label: {vi: \"Số hộ chiếu hoặc giấy tờ đi lại quốc tế\", en: \"Passport number\"}\n"
          "  help: {vi: \"Nếu không có số định danh cá nhân.\", en: \"If you have no personal ID "
          "number.\"}\n"
          "  max_length: 30\n"
          "  personal_data: true\n"
          "  visible_when: " +
              asked + "\n  required_when: " + asked);
    }
  }
  if (subjects.organisation) {
    const std::string when = both ? "\n  visible_when: applicant_kind = \"organisation\"" : "";
    add(text,
        "- id: organisation_name\n"
        "  from: organisation.name\n"
        "  required: true\n"
        "  prefill: applicant.full_name" +
            when);
    add(text,
        "- id: organisation_tax_code\n"
        "  from: organisation.tax_code\n"
        "  prefill: applicant.tax_code" +
            when);
    add(text,
        "- id: representative_name\n"
        "  from: person.full_name\n"
        "  label: {vi: \"Họ tên người đại diện\", en: \"Name of the representative\"}\n"
        "  required: true\n"
        "  prefill: id_card.full_name" +
            when);
  }
}

void contact_page(std::string& text, procedure::Level level) {
  page(text, "contact", {"Liên hệ", "How to reach you"});
  add(text,
      "- id: contact_phone\n"
      "  from: person.phone\n"
      "  required: true\n"
      "  prefill: applicant.phone");
  add(text,
      "- id: contact_email\n"
      "  from: person.email\n"
      "  prefill: applicant.email");
  add(text,
      "- id: contact_address\n"
      "  from: address.full\n"
      "  required: true\n"
      "  prefill: applicant.address");
  if (level == procedure::Level::commune) {
    add(text,
        "- id: place_commune\n"
        "  from: address.commune\n"
        "  label: {vi: \"Xã, phường giải quyết hồ sơ\", en: \"Commune whose committee decides\"}\n"
        "  required: true");
  }
}

void request_page(std::string& text, const std::vector<DraftCase>& cases,
                  const std::string& fee_field) {
  page(text, "request", {"Nội dung đề nghị", "The request"});
  if (!cases.empty()) {
    std::string field =
        "- id: request_case\n"
        "  type: choice\n"
        "  label: {vi: \"Trường hợp của người đề nghị\", en: \"Which case is yours\"}\n"
        "  required: true\n"
        "  options:\n";
    for (const DraftCase& one : cases) {
      field +=
          "    - {value: " + yaml_quoted(one.id) + ", label: " + yaml_bilingual(one.name) + "}\n";
    }
    add(text, field);
  }
  if (!fee_field.empty()) add(text, fee_field);
  add(text,
      "- id: request_content\n"
      "  type: long_text\n"
      "  label: {vi: \"Nội dung đề nghị\", en: \"What you ask for\"}\n"
      "  required: true\n"
      "  max_length: 4000");
  add(text,
      "- id: request_note\n"
      "  from: request.note");
}

}  // namespace

std::string draft_form(const Entry& entry, procedure::Level level,
                       const std::vector<DraftCase>& cases, const std::string& fee_field,
                       const DraftPolicy& policy) {
  std::string text = "pages:\n";
  applicant_page(text, subjects_of(entry, policy));
  contact_page(text, level);
  request_page(text, cases, fee_field);
  return text;
}

}  // namespace catalogue
