#pragma once
// document_template.h - a printed form as data: versioned, dated, made of blocks bound to fields.
//
// A template is a YAML file (data/templates/); data/templates/README.md is the description of the
// format.  Its `example` is a complete context: what a caller has to supply is read there, a
// preview shows it, and a test renders it.  Templates are immutable values; any number of threads
// may render at once, also the same template.
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "base/json.h"

namespace documents {

enum class Paper { a4, a5 };

namespace internal {
struct Block;
struct Piece;
}  // namespace internal

class DocumentTemplate {
 public:
  // Fault `invalid` names the block that is wrong.  At most 256 KiB, 20,000 nodes.
  [[nodiscard]] static base::Outcome<DocumentTemplate> parse(std::string_view yaml);

  [[nodiscard]] const std::string& id() const { return id_; }      // "mau-01"
  [[nodiscard]] const std::string& form() const { return form_; }  // "01", or "" without a number
  [[nodiscard]] const std::string& name() const { return name_; }  // Vietnamese
  [[nodiscard]] const std::string& name_en() const { return name_en_; }
  [[nodiscard]] const std::string& act() const { return act_; }  // where the layout comes from
  // What follows the number of the document: "TTPVHCC" in "12/TTPVHCC".  May be empty.
  [[nodiscard]] const std::string& number_symbol() const { return number_symbol_; }
  // First and last day on which a document of this version may be made.
  [[nodiscard]] std::chrono::year_month_day effective_from() const { return effective_from_; }
  [[nodiscard]] std::optional<std::chrono::year_month_day> effective_until() const {
    return effective_until_;
  }
  [[nodiscard]] bool is_effective_on(std::chrono::year_month_day day) const;
  [[nodiscard]] Paper paper() const { return paper_; }
  [[nodiscard]] bool is_landscape() const { return landscape_; }
  // A complete context, as an object.
  [[nodiscard]] const base::json::value& example() const { return example_; }

  [[nodiscard]] double body_size() const { return body_size_; }  // points
  // For render().
  [[nodiscard]] const std::vector<internal::Block>& blocks() const { return *blocks_; }
  [[nodiscard]] const std::vector<internal::Piece>& footer() const { return *footer_; }
  [[nodiscard]] const std::vector<internal::Piece>& watermark() const { return *watermark_; }

 private:
  std::string id_, form_, name_, name_en_, act_, number_symbol_;
  std::chrono::year_month_day effective_from_{};
  std::optional<std::chrono::year_month_day> effective_until_;
  Paper paper_ = Paper::a4;
  bool landscape_ = false;
  double body_size_ = 12;
  base::json::value example_;
  std::shared_ptr<const std::vector<internal::Block>> blocks_;
  std::shared_ptr<const std::vector<internal::Piece>> footer_, watermark_;
};

// Every version of every template that the office may print.
class TemplateSet {
 public:
  // Fault `conflict`: another version with the same id is effective on a day of this one.
  [[nodiscard]] base::Outcome<base::Done> add(DocumentTemplate document_template);
  // The version effective on `day`, or null.
  [[nodiscard]] const DocumentTemplate* find(std::string_view id,
                                             std::chrono::year_month_day day) const;
  [[nodiscard]] const std::vector<DocumentTemplate>& all() const { return templates_; }

 private:
  std::vector<DocumentTemplate> templates_;
};

// Reads every *.yaml of a folder (not of its sub-folders), in order of name.
[[nodiscard]] base::Outcome<TemplateSet> load_templates(const std::filesystem::path& folder);

// The document as PDF bytes, all fonts embedded.  `fields` is an object; its `issued_on` is the
// date of creation in the properties of the PDF; a field that is absent, null or "" is printed as a
// dotted line or left out, as the template says.  The same input gives the same bytes. Text is
// printed in NFC; control characters are dropped; a value is cut after 20,000 characters, a list
// after 2,000 entries and a table after 5,000 rows, with a mark where it was cut. Fault `invalid`:
// `fields` is no object, or the QR text does not fit; `exhausted`: over 1,000 pages.
[[nodiscard]] base::Outcome<std::string> render(const DocumentTemplate& document_template,
                                                const base::json::value& fields);

}  // namespace documents
