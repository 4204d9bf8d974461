#include "cli/demo_answers.h"

#include <algorithm>

#include <boost/json.hpp>

#include "form/validation.h"

namespace cli {

namespace {

using base::json::value;
using form::Field;
using form::FieldType;

bool mentions(const Field& field, const char* word) {
  return field.id.find(word) != std::string::npos || field.code.find(word) != std::string::npos;
}

struct Filler {
  const DemoCitizen& citizen;
  const std::string& commune;
  calendar::Date today;
  base::SeededRandom& random;

  std::string text_for(const Field& field) {
    if (field.code == "land.certificate_number") {
      return "CT " + std::to_string(100'000 + random.below(900'000));
    }
    if (mentions(field, "height")) return "11,5";
    if (field.pattern.has_value() && field.pattern->text().find("[0-9]") != std::string::npos) {
      return "47110";
    }
    if (mentions(field, "name") && !mentions(field, "business") && !mentions(field, "project")) {
      if (field.prefill.starts_with("applicant.") || mentions(field, "requester") ||
          mentions(field, "owner")) {
        return citizen.name;
      }
      if (mentions(field, "child"))
        return demo_child_name(random, citizen.name, random.below(2) == 1);
      return demo_citizen(random).name;
    }
    if (mentions(field, "business"))
      return citizen.name.substr(citizen.name.rfind(' ') + 1) + " Phát";
    if (mentions(field, "ethnicity")) return "Kinh";
    if (mentions(field, "nationality")) return "Việt Nam";
    if (mentions(field, "hometown") || mentions(field, "origin")) return "Tỉnh Nghệ An";
    if (mentions(field, "place")) return "Bệnh viện Sản Nhi Nghệ An";
    if (mentions(field, "number")) return "CS-" + std::to_string(1 + random.below(9000));
    if (mentions(field, "purpose")) return "Làm thủ tục mua nhà ở";
    if (mentions(field, "activity") || mentions(field, "industry")) {
      return "Bán lẻ lương thực, thực phẩm";
    }
    if (mentions(field, "paper") || mentions(field, "document")) return "Bằng tốt nghiệp đại học";
    return "Theo giấy tờ kèm theo";
  }

  value date_for(const Field& field) {
    calendar::Date on = today - std::chrono::days{1 + static_cast<int>(random.below(40))};
    if (mentions(field, "birth") && !mentions(field, "child")) {
      on = *calendar::make_date(citizen.birth_year, 1 + static_cast<int>(random.below(12)),
                                1 + static_cast<int>(random.below(28)));
    }
    return value(calendar::to_iso(on));
  }

  value answer_for(const Field& field) {
    switch (field.type) {
      case FieldType::text:
      case FieldType::long_text: {
        std::string text = text_for(field);
        if (field.min_length.has_value())
          text.resize(std::max(text.size(), *field.min_length), '1');
        return value(text);
      }
      case FieldType::integer: {
        const std::int64_t low = field.minimum.value_or(1);
        return value(low + static_cast<std::int64_t>(random.below(3)));
      }
      case FieldType::money:
        return value(field.minimum.value_or(0) +
                     static_cast<std::int64_t>(1 + random.below(90)) * 1'000'000);
      case FieldType::date:
      case FieldType::partial_date:
        return date_for(field);
      case FieldType::time:
        return value("08:30");
      case FieldType::boolean:
        return value(!mentions(field, "proxy"));
      case FieldType::choice: {
        if (mentions(field, "sex") && !mentions(field, "child") && !mentions(field, "mother") &&
            !mentions(field, "father")) {
          return value(citizen.female ? "female" : "male");
        }
        const std::size_t at = random.below(5) == 0 ? random.below(field.options.size()) : 0;
        return value(field.options.at(at).value);
      }
      case FieldType::multi_choice:
        return base::json::array{value(field.options.front().value)};
      case FieldType::personal_id:
        return value(mentions(field, "requester") || field.prefill.starts_with("applicant.") ||
                             mentions(field, "owner")
                         ? citizen.personal_id
                         : demo_citizen(random).personal_id);
      case FieldType::tax_code:
        return value("0100109106");
      case FieldType::phone:
        return value(citizen.phone);
      case FieldType::email:
        return value(citizen.email);
      case FieldType::commune:
        return value(commune);
      case FieldType::address_detail:
        return value(citizen.address);
      case FieldType::table: {
        base::json::object row;
        for (const Field& column : field.columns) row[column.id] = answer_for(column);
        return base::json::array{std::move(row)};
      }
    }
    return nullptr;
  }
};

}  // namespace

namespace {

base::json::object one_attempt(const form::Form& form, Filler& filler, calendar::Date today) {
  base::json::object answers;
  // What the applicant is told by is always worth having.
  for (const form::Page& page : form.pages) {
    for (const Field& field : page.fields) {
      if (field.prefill.starts_with("applicant.") && field.type != FieldType::tax_code) {
        answers[field.id] = filler.answer_for(field);
      }
    }
  }
  for (int round = 0; round < 8; ++round) {
    const form::FormEvaluation evaluation = form::evaluate(form, answers, today);
    bool added = false;
    for (const form::FieldProblem& problem : evaluation.problems) {
      if (problem.severity != form::Severity::error) continue;
      const Field* field = form.find_field(problem.field);
      if (field == nullptr || answers.contains(field->id)) continue;
      answers[field->id] = filler.answer_for(*field);
      added = true;
    }
    if (!added) break;
  }
  return answers;
}

}  // namespace

base::json::object demo_answers(const form::Form& form, const DemoCitizen& citizen,
                                const std::string& commune, calendar::Date today,
                                base::SeededRandom& random) {
  Filler filler{citizen, commune, today, random};
  base::json::object answers = one_attempt(form, filler, today);
  // Checks across fields (sums, orders of dates) come right by luck; a few tries are enough.
  for (int more = 0; more < 40 && !form::evaluate(form, answers, today).acceptable(); ++more) {
    answers = one_attempt(form, filler, today);
  }
  return answers;
}

}  // namespace cli
