#include "form/validation.h"

#include <algorithm>
#include <utility>

#include "form/answer.h"
#include "form/answer_value.h"
#include "form/message.h"
#include "party/partial_date.h"
#include "party/personal_id.h"

namespace form {
namespace {

using base::json::object;
using base::json::value;

constexpr std::size_t kUnknownFieldsTold = 20;

struct Item {
  const Page* page = nullptr;
  const Field* field = nullptr;
  bool asked = true;  // on a page that is looked at
  bool visible = true;
  bool required = false;
  std::optional<value> answer{};
  std::vector<FieldProblem> problems{};
};

class Evaluator {
 public:
  Evaluator(const Form& form, const object& answers, calendar::Date today, std::size_t pages)
      : form_(form), answers_(answers), today_(today) {
    for (std::size_t i = 0; i < form.pages.size(); ++i) {
      for (const Field& field : form.pages[i].fields) {
        items_.push_back({.page = &form.pages[i], .field = &field, .asked = i < pages});
      }
    }
  }

  FormEvaluation run() {
    tell_unknown_fields();
    read_answers();
    decide_visibility();
    decide_required();
    for (Item& item : items_) compare_with_id(item);
    run_checks();
    return finish();
  }

 private:
  void tell_unknown_fields() {
    std::size_t unknown = 0;
    for (const auto& [key, unused] : answers_) {
      const std::string_view id(key.data(), key.size());
      if (form_.find_field(id) != nullptr) continue;
      if (++unknown > kUnknownFieldsTold) {
        result_.problems.push_back(
            {"", "", ProblemCode::unknown_field, Severity::error, message::too_many_fields()});
        return;
      }
      result_.problems.push_back({std::string{id.substr(0, 80)}, "", ProblemCode::unknown_field,
                                  Severity::error, message::unknown_field(id)});
    }
  }

  static void add(Item& item, const std::string& at, ProblemCode code, Severity severity,
                  Bilingual text) {
    item.problems.push_back({at, item.page->id, code, severity, std::move(text)});
  }

  void read_answers() {
    for (Item& item : items_) {
      context_.set(item.field->id, {});
      const value* raw = answers_.if_contains(item.field->id);
      if (raw == nullptr || item.field->type == FieldType::table) continue;
      CheckedAnswer checked = check_answer(*item.field, *raw, today_);
      for (AnswerProblem& problem : checked.problems) {
        add(item, item.field->id, problem.code, Severity::error, std::move(problem.message));
      }
      item.answer = std::move(checked.value);
      if (item.answer) context_.set(item.field->id, feel_value(*item.field, *item.answer));
    }
    context_.set("today", feel_date(today_));
  }

  // In the order of the form: a condition reads earlier fields only (form_yaml.h sees to it), and a
  // hidden field's answer is nothing to those after it.
  void decide_visibility() {
    for (Item& item : items_) {
      if (item.field->visible_when) {
        item.visible = item.field->visible_when->holds(rules::Value{context_});
      }
      if (!item.visible) {
        item.answer.reset();
        item.problems.clear();
        context_.set(item.field->id, {});
      } else if (item.field->type == FieldType::table) {
        read_table(item);
        if (item.answer) context_.set(item.field->id, feel_value(*item.field, *item.answer));
      }
    }
  }

  void read_table(Item& item) {
    const value* raw = answers_.if_contains(item.field->id);
    if (raw == nullptr || raw->is_null()) return;
    if (!raw->is_array()) {
      add(item, item.field->id, ProblemCode::wrong_type, Severity::error,
          message::rows(*item.field));
      return;
    }
    if (raw->get_array().size() > item.field->max_rows) {
      add(item, item.field->id, ProblemCode::too_long, Severity::error,
          message::too_many_rows(*item.field));
      return;
    }
    base::json::array rows;
    for (std::size_t i = 0; i < raw->get_array().size(); ++i) {
      const value& row = raw->get_array()[i];
      const std::string at = item.field->id + "[" + std::to_string(i) + "]";
      if (!row.is_object()) {
        add(item, at, ProblemCode::wrong_type, Severity::error, message::rows(*item.field));
        return;
      }
      if (is_blank(row.get_object())) continue;
      rows.push_back(read_row(item, at, row.get_object()));
    }
    if (!rows.empty()) item.answer = std::move(rows);
  }

  // A row that was added and left empty is no row.
  static bool is_blank(const object& row) {
    return std::ranges::all_of(row, [](const auto& cell) {
      const value& content = cell.value();
      return content.is_null() || (content.is_string() && content.get_string().empty());
    });
  }

  object read_row(Item& item, const std::string& at, const object& row) {
    const std::vector<Field>& columns = item.field->columns;
    for (const auto& [key, unused] : row) {
      const std::string_view id(key.data(), key.size());
      if (std::ranges::find(columns, id, &Field::id) == columns.end()) {
        add(item, at, ProblemCode::unknown_field, Severity::error, message::unknown_field(id));
        break;
      }
    }
    object kept;
    rules::Context context = context_;
    for (const Field& column : columns) context.set(column.id, {});
    for (const Field& column : columns) {
      if (column.visible_when && !column.visible_when->holds(rules::Value{context})) continue;
      const value* raw = row.if_contains(column.id);
      CheckedAnswer checked = raw == nullptr ? CheckedAnswer{} : check_answer(column, *raw, today_);
      for (AnswerProblem& problem : checked.problems) {
        add(item, at + "." + column.id, problem.code, Severity::error, std::move(problem.message));
      }
      if (checked.value) {
        context.set(column.id, feel_value(column, *checked.value));
        kept[column.id] = *std::move(checked.value);
      } else if (checked.problems.empty() && is_required(column, context)) {
        add(item, at + "." + column.id, ProblemCode::required, Severity::error,
            message::required(column));
      }
    }
    return kept;
  }

  static bool is_required(const Field& field, const rules::Context& context) {
    return field.required ||
           (field.required_when && field.required_when->holds(rules::Value{context}));
  }

  void decide_required() {
    for (Item& item : items_) {
      item.required = item.visible && is_required(*item.field, context_);
      if (item.required && !item.answer && item.problems.empty()) {
        add(item, item.field->id, ProblemCode::required, Severity::error,
            message::required(*item.field));
      }
    }
  }

  [[nodiscard]] const std::string* text_answer(const std::string& id, std::string& buffer) const {
    for (const Item& item : items_) {
      if (item.field->id != id || !item.answer || !item.answer->is_string()) continue;
      buffer.assign(item.answer->get_string().data(), item.answer->get_string().size());
      return &buffer;
    }
    return nullptr;
  }

  // Warnings only: an ID is proved by the national database, not by its digits.
  void compare_with_id(Item& item) {
    if (item.field->type != FieldType::personal_id || !item.answer) return;
    std::string buffer;
    const auto id = party::PersonalId::parse(*text_answer(item.field->id, buffer));
    if (!id) return;
    std::optional<int> year;
    if (const std::string* birth = text_answer(item.field->birth_date_field, buffer)) {
      if (const auto date = party::parse_partial_date(*birth)) year = date->year;
    }
    std::optional<party::Sex> sex;
    if (const std::string* answer = text_answer(item.field->sex_field, buffer)) {
      if (*answer == "male") sex = party::Sex::male;
      if (*answer == "female") sex = party::Sex::female;
    }
    for (const party::Finding& finding : party::check(*id, sex, year, calendar::year_of(today_))) {
      add(item, item.field->id, ProblemCode::doubtful_id, Severity::warning, finding.message);
    }
  }

  void run_checks() {
    const rules::Value context{context_};
    for (const Check& check : form_.checks) {
      const auto item = std::ranges::find_if(
          items_, [&](const Item& one) { return one.field->id == check.field; });
      if (item == items_.end() || !item->visible || !check.holds.fails(context)) continue;
      add(*item, check.field, ProblemCode::check_failed, check.severity, check.message);
    }
  }

  FormEvaluation finish() {
    for (Item& item : items_) {
      if (item.visible) result_.visible.push_back(item.field->id);
      if (item.required) result_.required.push_back(item.field->id);
      if (item.answer) result_.answers[item.field->id] = *std::move(item.answer);
      if (!item.asked) continue;
      std::ranges::move(item.problems, std::back_inserter(result_.problems));
    }
    return std::move(result_);
  }

  const Form& form_;
  const object& answers_;
  calendar::Date today_;
  std::vector<Item> items_;
  rules::Context context_;
  FormEvaluation result_;
};

}  // namespace

std::string_view to_text(ProblemCode code) {
  switch (code) {
    case ProblemCode::required:
      return "required";
    case ProblemCode::unknown_field:
      return "unknown_field";
    case ProblemCode::wrong_type:
      return "wrong_type";
    case ProblemCode::too_long:
      return "too_long";
    case ProblemCode::too_short:
      return "too_short";
    case ProblemCode::too_small:
      return "too_small";
    case ProblemCode::too_large:
      return "too_large";
    case ProblemCode::too_early:
      return "too_early";
    case ProblemCode::too_late:
      return "too_late";
    case ProblemCode::bad_format:
      return "bad_format";
    case ProblemCode::unknown_option:
      return "unknown_option";
    case ProblemCode::check_failed:
      return "check_failed";
    case ProblemCode::doubtful_id:
      return "doubtful_id";
  }
  return "";
}

bool FormEvaluation::acceptable() const {
  return std::ranges::none_of(
      problems, [](const FieldProblem& one) { return one.severity == Severity::error; });
}

FormEvaluation evaluate(const Form& form, const object& answers, calendar::Date today,
                        std::optional<std::size_t> upto_page) {
  const std::size_t pages =
      upto_page ? std::min(*upto_page + 1, form.pages.size()) : form.pages.size();
  return Evaluator(form, answers, today, pages).run();
}

}  // namespace form
