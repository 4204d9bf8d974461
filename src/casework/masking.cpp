#include "casework/masking.h"

#include <algorithm>
#include <string_view>

#include <boost/json.hpp>

#include "base/text.h"
#include "casework/deliveries.h"
#include "casework/execute.h"
#include "casework/gate.h"
#include "casework/projection.h"
#include "casework/workplace.h"

namespace casework {

namespace {

using base::json::object;
using base::json::value;

constexpr std::string_view kCovered = "***";

void replace(object& in, std::string_view name, std::string (*cover)(const std::string&)) {
  auto* member = in.if_contains(name);
  if (member == nullptr || !member->is_string()) return;
  const std::string text{member->get_string().data(), member->get_string().size()};
  if (!text.empty()) *member = cover(text);
}

void mask_person(value* person) {
  if (person == nullptr || !person->is_object()) return;
  object& one = person->get_object();
  replace(one, "personal_id", masked_digits);
  replace(one, "tax_code", masked_tax_code);
  replace(one, "phone", masked_digits);
  replace(one, "email", masked_address);
  replace(one, "address", masked_place);
}

bool has_word(const std::string& code, std::string_view word) {
  return code.find(word) != std::string::npos;
}

bool is_place(const form::Field& field) {
  return field.type == form::FieldType::address_detail ||
         (field.personal_data != form::PersonalData::no && has_word(field.code, "address.") &&
          (field.type == form::FieldType::text || field.type == form::FieldType::long_text));
}

}  // namespace

std::string masked_digits(const std::string& text) {
  constexpr std::size_t kShown = 3;
  if (text.size() < 2 * kShown) return std::string{kCovered};
  return std::string(text.size() - kShown, '*') + text.substr(text.size() - kShown);
}

std::string masked_tax_code(const std::string& text) {
  constexpr std::ptrdiff_t kOfPerson = 12;
  const auto digits = std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
  return digits == kOfPerson ? masked_digits(text) : text;
}

std::string masked_place(const std::string& text) {
  const std::size_t comma = text.rfind(',');
  if (comma == std::string::npos) return std::string{kCovered};
  return std::string{kCovered} + text.substr(comma);
}

bool is_masked(const form::Field& field) {
  switch (field.type) {
    case form::FieldType::personal_id:
    case form::FieldType::phone:
    case form::FieldType::email:
    case form::FieldType::tax_code:  // those of persons
      return true;
    case form::FieldType::table:
      return false;
    default:
      return is_place(field) || field.personal_data == form::PersonalData::sensitive;
  }
}

value masked_answer(const form::Field& field, const value& answer) {
  if (field.type == form::FieldType::table) {
    if (!answer.is_array()) return answer;
    base::json::array rows;
    for (const value& row : answer.get_array()) {
      if (!row.is_object()) continue;
      object covered = row.get_object();
      for (const form::Field& column : field.columns) {
        if (auto* cell = covered.if_contains(column.id)) *cell = masked_answer(column, *cell);
      }
      rows.push_back(std::move(covered));
    }
    return rows;
  }
  if (!is_masked(field) || answer.is_null()) return answer;
  if (!answer.is_string()) return value(kCovered);
  const std::string text{answer.get_string().data(), answer.get_string().size()};
  if (text.empty()) return answer;
  if (field.type == form::FieldType::personal_id || field.type == form::FieldType::phone) {
    return value(masked_digits(text));
  }
  if (field.type == form::FieldType::tax_code) return value(masked_tax_code(text));
  if (field.type == form::FieldType::email) {
    const std::string covered = masked_address(text);
    return value(covered.empty() ? std::string{kCovered} : covered);
  }
  return value(is_place(field) ? masked_place(text) : std::string{kCovered});
}

bool needs_personal_data(Workplace& workplace, const party::Officer& officer,
                         const OpenDossier& open) {
  return std::ranges::any_of(open.dossier.tasks, [&](const dossier::Task& task) {
    return may_act(officer, party::Action::complete_task, *open.procedure, open.dossier, &task,
                   workplace.clock.now())
        .allowed;
  });
}

Answer<bool> may_print_whole(Workplace& workplace, const party::Officer& officer,
                             const OpenDossier& open) {
  constexpr std::chrono::hours kShownFor{1};
  constexpr int kReadings = 200;
  // Nothing of it is left, nor who did what.
  if (open.dossier.erased) return false;
  if (needs_personal_data(workplace, officer, open)) return true;
  const auto stored = TRY_AS_FAILURE(workplace.store.events(open.id, open.dossier.version));
  const auto is_his = [&](const dossier::Actor& actor) {
    return actor.kind == dossier::ActorKind::officer && actor.id == officer.id.text;
  };
  for (const StoredEvent& one : stored) {
    if (is_his(TRY_AS_FAILURE(read_record(one)).actor)) return true;
  }
  const Instant since = workplace.clock.now() - kShownFor;
  return std::ranges::any_of(TRY_AS_FAILURE(workplace.store.accesses(open.id, kReadings)),
                             [&](const AccessRow& row) {
                               return row.what == "revealed" && row.at > since && is_his(row.actor);
                             });
}

Answer<base::Done> record_revealing(Workplace& workplace, const party::Officer& officer,
                                    const OpenDossier& open, const std::string& reason) {
  return TRY_AS_FAILURE(
      workplace.accesses->record(workplace.store, {.at = workplace.clock.now(),
                                                   .actor = actor_of(officer),
                                                   .dossier = open.id,
                                                   .what = "revealed",
                                                   .why = base::to_one_line(reason)}));
}

namespace {

void mask_person(dossier::Person& person) {
  const auto cover = [](std::string& text, std::string (*covered)(const std::string&)) {
    if (!text.empty()) text = covered(text);
  };
  cover(person.personal_id, masked_digits);
  cover(person.tax_code, masked_tax_code);
  cover(person.phone, masked_digits);
  cover(person.email, masked_address);
  cover(person.address, masked_place);
}

void mask_answers(object& answers, const procedure::Procedure& procedure) {
  for (auto& [id, answer] : answers) {
    const form::Field* field = procedure.form.find_field(id);
    // What the form does not know is not known to be harmless.
    answer = field == nullptr ? value(kCovered) : masked_answer(*field, answer);
  }
}

}  // namespace

void mask_persons_and_answers(dossier::Dossier& dossier, const procedure::Procedure& procedure) {
  mask_person(dossier.applicant);
  if (dossier.on_behalf_of.has_value()) mask_person(*dossier.on_behalf_of);
  mask_answers(dossier.answers, procedure);
}

void mask_event(dossier::Event& event, const procedure::Procedure& procedure) {
  if (auto* filed = std::get_if<dossier::Filed>(&event)) {
    mask_person(filed->applicant);
    if (filed->on_behalf_of.has_value()) mask_person(*filed->on_behalf_of);
    mask_answers(filed->answers, procedure);
  } else if (auto* more = std::get_if<dossier::Supplemented>(&event)) {
    mask_answers(more->answers, procedure);
  }
}

void mask_dossier(object& dossier, const procedure::Procedure& procedure) {
  mask_person(dossier.if_contains("applicant_detail"));
  mask_person(dossier.if_contains("on_behalf_of"));
  if (auto* answers = dossier.if_contains("answers"); answers != nullptr && answers->is_object()) {
    mask_answers(answers->get_object(), procedure);
  }
  if (auto* all = dossier.if_contains("corrections"); all != nullptr && all->is_array()) {
    for (value& one : all->get_array()) {
      if (!one.is_object()) continue;
      object& correction = one.get_object();
      const form::Field* field = procedure.form.find_field(base::string_or(correction, "field"));
      for (const char* moment : {"before", "after"}) {
        correction[moment] =
            field == nullptr ? value(kCovered) : masked_answer(*field, correction[moment]);
      }
    }
  }
  // The line of the timeline says the same in words.
  if (auto* all = dossier.if_contains("timeline"); all != nullptr && all->is_array()) {
    for (value& one : all->get_array()) {
      if (!one.is_object()) continue;
      if (base::string_or(one.get_object(), "type") == "corrected")
        one.get_object().erase("detail");
    }
  }
}

}  // namespace casework
