#include "casework/persons.h"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>

#include "base/text.h"
#include "casework/access_journal.h"
#include "casework/deliveries.h"
#include "casework/execute.h"
#include "casework/gate.h"
#include "casework/masking.h"
#include "casework/person_record.h"
#include "casework/view.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using party::Identifier;
using party::Person;
using party::Representation;

constexpr const char* kPerson = "person";
// Key: the word of a number; body: whose it is.  That a key is there once keeps numbers unique.
constexpr const char* kNumber = "person_identifier";
constexpr const char* kRepresentation = "representation";
constexpr int kTriesMax = 16;
// Who does it as a trade acts for very many.
constexpr int kMostOfOne = 10'000;
constexpr std::size_t kMostShown = 500;
constexpr int kMergersMax = 20;

struct Known {
  Person person;
  std::int64_t version = 0;  // 0: not stored yet
};

base::Outcome<std::optional<Known>> load(Store& store, std::string id) {
  std::optional<Known> known;
  for (int i = 0; i < kMergersMax; ++i) {
    const auto row = TRY(store.find_entry(kPerson, id));
    if (!row.has_value()) return known;
    const base::json::value json = TRY(base::parse_json(row->body));
    known = Known{.person = TRY(read_person_record(json)), .version = row->version};
    if (known->person.merged_into.empty()) return known;
    id = known->person.merged_into;
  }
  return base::fault(base::FaultCode::corrupt, "persons merged in a circle");
}

base::Outcome<std::string> owner_of(Store& store, const Identifier& identifier) {
  const auto row = TRY(store.find_entry(kNumber, party::word_of(identifier)));
  if (!row.has_value()) return std::string{};
  const base::json::value json = TRY(base::parse_json(row->body));
  return base::string_or(json, "person");
}

// The persons to whom these numbers belong, each once.
base::Outcome<std::vector<Known>> owners_of(Store& store,
                                            const std::vector<Identifier>& identifiers) {
  std::vector<Known> owners;
  for (const Identifier& identifier : identifiers) {
    const std::string id = TRY(owner_of(store, identifier));
    if (id.empty()) continue;
    auto known = TRY(load(store, id));
    if (!known.has_value()) continue;
    const bool met = std::ranges::any_of(
        owners, [&](const Known& one) { return one.person.id == known->person.id; });
    if (!met) owners.push_back(std::move(*known));
  }
  return owners;
}

EntryRow row_of(const Person& person, std::int64_t version, Instant at) {
  return {.kind = kPerson,
          .key = person.id,
          .version = version,
          .at = at,
          .body = base::to_text(person_record(person))};
}

EntryRow number_row(const std::string& word, const std::string& person, std::int64_t version,
                    Instant at) {
  return {.kind = kNumber,
          .key = word,
          .version = version,
          .at = at,
          .body = base::to_text(object{{"person", person}})};
}

EntryRow row_of(const Representation& one, std::int64_t version, Instant at) {
  return {.kind = kRepresentation,
          .key = one.id,
          .version = version,
          .at = at,
          .body = base::to_text(representation_record(one)),
          .found_by = {one.represented, one.representative}};
}

base::Outcome<Representation> representation_in(const EntryRow& row) {
  const base::json::value json = TRY(base::parse_json(row.body));
  return read_representation_record(json);
}

base::Failure<Failure> unprocessable(const char* code, party::PersonRefusal refusal) {
  return fail(FailureKind::unprocessable, code,
              {party::explain(refusal, calendar::Language::vietnamese),
               party::explain(refusal, calendar::Language::english)});
}

base::Failure<Failure> changed_meanwhile() {
  return fail(FailureKind::stale, "changed-meanwhile",
              {"Bản ghi này vừa được người khác sửa nhiều lần; hãy thử lại.",
               "This record was changed by others meanwhile; try again."});
}

// False: somebody else wrote one of them first, so look again.
Answer<bool> save(Store& store, const std::vector<EntryRow>& rows,
                  const std::optional<RequestKey>& request) {
  const auto saved = store.save_entries(rows, request);
  if (saved) return true;
  if (saved.error().code == base::FaultCode::conflict) return false;
  return base::Failure{failure_from(saved.error())};
}

base::Failure<Failure> not_there() {
  return fail(FailureKind::not_found, "person-not-found",
              {"Chưa có ai mang số này trong hệ thống. Hãy kiểm tra lại số giấy tờ.",
               "Nobody with this number is known here. Check the number."});
}

Answer<base::Done> may_keep(Workplace& workplace, const party::Officer& by) {
  return require(party::may(by, party::Action::correct_data, party::Subject{.agency = by.agency},
                            workplace.clock.now()));
}

form::FieldProblem problem(const std::string& field, const calendar::Bilingual& message) {
  return {.field = field,
          .page = {},
          .code = form::ProblemCode::bad_format,
          .severity = form::Severity::error,
          .message = {message.vi, message.en}};
}

// What the officer saw, or what is wrong with it.
std::optional<party::Sighting> sighting_of(const PersonSeen& seen, const std::string& field,
                                           const std::string& source, calendar::Date on,
                                           std::vector<form::FieldProblem>& problems) {
  const std::size_t before = problems.size();
  const auto number = party::recognise_identifier(seen.number);
  if (!number.has_value()) {
    problems.push_back(problem(field + ".identifier",
                               {"Số giấy tờ chưa đúng: cần số định danh 12 chữ số, số CMND 9 chữ "
                                "số, hộ chiếu hoặc mã số thuế.",
                                "That is no number of a person: 12 digits, the old 9, a passport "
                                "or a tax code."}));
  }
  const std::string name = base::to_one_line(seen.name);
  if (name.empty() || base::length_in_characters(name) > 200) {
    problems.push_back(problem(
        field + ".name",
        {"Nhập tên, không quá 200 ký tự.", "Enter the name, of no more than 200 characters."}));
  }
  std::optional<party::PartialDate> born;
  if (!seen.born.empty()) {
    born = party::parse_partial_date(seen.born);
    if (!born.has_value()) {
      problems.push_back(problem(field + ".born", {"Ngày sinh chưa đúng, ví dụ 17/05/2015.",
                                                   "The day of birth is not right, e.g. "
                                                   "2015-05-17."}));
    }
  }
  if (problems.size() != before) return std::nullopt;
  return party::Sighting{
      .kind = seen.organisation ? party::PersonKind::organisation : party::PersonKind::individual,
      .name = name,
      .identifiers = {*number},
      .born = born,
      .on = on,
      .source = source};
}

// As the person is stored when all of it is learnt.
Answer<Known> known_after(Workplace& workplace, const party::Sighting& sighting) {
  for (int i = 0; i < kTriesMax; ++i) {
    auto owners = TRY_AS_FAILURE(owners_of(workplace.store, sighting.identifiers));
    if (owners.size() > 1) {
      return fail(FailureKind::not_allowed_now, "persons-to-merge",
                  {"Các số giấy tờ này đang thuộc " + std::to_string(owners.size()) +
                       " bản ghi người khác nhau. Nếu là một người, hãy nhập các bản ghi làm một.",
                   "These numbers belong to " + std::to_string(owners.size()) +
                       " records. If they are one person, merge the records."});
    }
    Known known = owners.empty() ? Known{.person = {.id = base::random_hex(workplace.random, 16)}}
                                 : std::move(owners.front());
    auto learnt = party::learn(known.person, sighting);
    if (!learnt) return unprocessable("person-contradiction", learnt.error());
    if (known.version > 0 && *learnt == known.person) return known;
    const Instant now = workplace.clock.now();
    std::vector<EntryRow> rows{row_of(*learnt, known.version + 1, now)};
    bool another_came_first = false;
    for (const Identifier& one : learnt->identifiers) {
      const std::string owner = TRY_AS_FAILURE(owner_of(workplace.store, one));
      if (owner.empty()) rows.push_back(number_row(party::word_of(one), learnt->id, 1, now));
      // Claimed since we looked: that person is to be learnt about, not a second one begun.
      another_came_first |= !owner.empty() && owner != learnt->id;
    }
    if (another_came_first) continue;
    if (TRY(save(workplace.store, rows, std::nullopt))) {
      return Known{.person = std::move(learnt).value(), .version = known.version + 1};
    }
  }
  return changed_meanwhile();
}

}  // namespace

Answer<Person> sight(Workplace& workplace, const party::Sighting& sighting) {
  return TRY(known_after(workplace, sighting)).person;
}

Answer<std::optional<Person>> find_person(Workplace& workplace,
                                          const std::vector<Identifier>& identifiers) {
  auto owners = TRY_AS_FAILURE(owners_of(workplace.store, identifiers));
  std::optional<Person> person;
  if (!owners.empty()) person = std::move(owners.front().person);
  return person;
}

Answer<std::vector<Representation>> representations_of(Workplace& workplace,
                                                       const std::string& person) {
  std::vector<Representation> all;
  for (const EntryRow& row :
       TRY_AS_FAILURE(workplace.store.entries_found_by(kRepresentation, person, kMostOfOne))) {
    all.push_back(TRY_AS_FAILURE(representation_in(row)));
  }
  return all;
}

namespace {

// As whoever has no reason sees it: the number that he has in his hands, and enough of the rest to
// recognise it.
object covered(Person person, const Identifier* known) {
  for (Identifier& one : person.identifiers) {
    if (known == nullptr || !one.is_same_as(*known)) one.value = masked_digits(one.value);
  }
  if (!person.phone.empty()) person.phone = masked_digits(person.phone);
  if (!person.email.empty()) person.email = masked_address(person.email);
  if (!person.address.empty()) person.address = masked_place(person.address);
  object json = person_record(person);
  json["masked"] = true;
  return json;
}

}  // namespace

Answer<object> look_up_person(Workplace& workplace, const party::Officer& by,
                              const std::string& number, const std::string& reason) {
  TRY(may_keep(workplace, by));
  const auto identifier = party::recognise_identifier(number);
  if (!identifier.has_value()) return not_there();
  const auto person = TRY(find_person(workplace, {*identifier}));
  // The number itself is no part of the journal.
  TRY(record_listing(workplace, by, "person:" + (person.has_value() ? person->id : "unknown"),
                     std::string{party::name(identifier->kind)}));
  if (!person.has_value()) return not_there();
  const std::string why = base::to_one_line(reason);
  if (!why.empty()) TRY(record_listing(workplace, by, "person-revealed:" + person->id, why));
  object json = why.empty() ? covered(*person, &*identifier) : person_record(*person);
  json["masked"] = why.empty();
  json["name"] = std::string{person->current_name()};
  array list;
  for (const Representation& one : TRY(representations_of(workplace, person->id))) {
    if (list.size() == kMostShown) break;
    object shown = representation_record(one);
    shown["title"] = text_json(party::title(one.kind));
    const bool acts = one.representative == person->id;
    const auto other =
        TRY_AS_FAILURE(load(workplace.store, acts ? one.represented : one.representative));
    shown["acts"] = acts;
    shown["other"] = other.has_value() ? std::string{other->person.current_name()} : "";
    list.push_back(std::move(shown));
  }
  json["representations"] = std::move(list);
  return json;
}

Answer<object> merge_persons(Workplace& workplace, const party::Officer& by,
                             const std::string& kept, const std::string& merged,
                             const std::string& reason) {
  TRY(may_keep(workplace, by));
  if (base::to_one_line(reason).empty()) {
    return fail(FailureKind::unprocessable, "reason-missing",
                {"Nhập lý do nhập hai bản ghi làm một.", "Say why the two are one person."});
  }
  for (int i = 0; i < kTriesMax; ++i) {
    const auto one = TRY_AS_FAILURE(load(workplace.store, kept));
    const auto other = TRY_AS_FAILURE(load(workplace.store, merged));
    if (!one.has_value() || !other.has_value()) return not_there();
    // Done before: a repetition finds it so.
    if (one->person.id == other->person.id) return covered(one->person, nullptr);
    const auto both = party::merge(one->person, other->person);
    if (!both) return unprocessable("person-contradiction", both.error());
    TRY(record_listing(workplace, by, "person-merge:" + kept, reason));
    const Instant now = workplace.clock.now();
    Person gone = other->person;
    gone.merged_into = one->person.id;
    std::vector<EntryRow> rows{row_of(*both, one->version + 1, now),
                               row_of(gone, other->version + 1, now)};
    for (const std::string& word : party::words_of(gone)) {
      const auto there = TRY_AS_FAILURE(workplace.store.find_entry(kNumber, word));
      rows.push_back(number_row(word, both->id, there.has_value() ? there->version + 1 : 1, now));
    }
    // Who acts for whom goes with the person.
    for (const EntryRow& row :
         TRY_AS_FAILURE(workplace.store.entries_found_by(kRepresentation, gone.id, kMostOfOne))) {
      Representation moved = TRY_AS_FAILURE(representation_in(row));
      if (moved.represented == gone.id) moved.represented = both->id;
      if (moved.representative == gone.id) moved.representative = both->id;
      rows.push_back(row_of(moved, row.version + 1, now));
    }
    if (TRY(save(workplace.store, rows, std::nullopt))) return covered(*both, nullptr);
  }
  return changed_meanwhile();
}

namespace {

Answer<std::optional<Representation>> recorded_before(Store& store, const RequestKey& request) {
  const auto before = TRY_AS_FAILURE(store.find_request(request));
  if (!before.has_value()) return std::optional<Representation>{};
  if (before->hash != request.hash) return key_reused_failure();
  const auto row = TRY_AS_FAILURE(store.find_entry(kRepresentation, before->dossier_id));
  if (!row.has_value()) return key_reused_failure();
  return std::optional{TRY_AS_FAILURE(representation_in(*row))};
}

}  // namespace

Answer<Representation> record_representation(Workplace& workplace, const party::Officer& by,
                                             const RepresentationForm& form,
                                             const RequestKey& request) {
  TRY(may_keep(workplace, by));
  const InFlight in_flight(workplace.in_flight, request);
  if (!in_flight.mine()) return in_flight_failure();
  if (const auto before = TRY(recorded_before(workplace.store, request))) return *before;
  const calendar::Date today = calendar::local_date(workplace.clock.now());
  const std::string source = "officer:" + by.id.text;
  Failure wrong{.kind = FailureKind::unprocessable,
                .code = "representation-incomplete",
                .detail = {"Chưa ghi được việc đại diện; hãy xem các ô được đánh dấu.",
                           "The representation cannot be recorded; see the marked fields."}};
  const auto represented =
      sighting_of(form.represented, "represented", source, today, wrong.problems);
  const auto representative =
      sighting_of(form.representative, "representative", source, today, wrong.problems);
  Representation one{.id = base::random_hex(workplace.random, 16),
                     .kind = form.kind,
                     .procedures = form.procedures,
                     .from = form.from,
                     .until = form.until,
                     .evidence = form.evidence,
                     .file = form.file,
                     .recorded_by = source,
                     .recorded_on = today};
  if (represented.has_value() && representative.has_value()) {
    one.represented = party::word_of(represented->identifiers.front());
    one.representative = party::word_of(representative->identifiers.front());
  } else {
    // What is wrong with the papers is told beside what is wrong with the people.
    one.represented = "1";
    one.representative = "2";
  }
  for (const party::RepresentationProblem what : party::problems_of(one)) {
    const auto* field = what == party::RepresentationProblem::self               ? "representative"
                        : what == party::RepresentationProblem::end_before_start ? "until"
                        : what == party::RepresentationProblem::day_missing ? "evidence.issued_on"
                                                                            : "evidence.number";
    wrong.problems.push_back(problem(field, party::explain(what)));
  }
  if (!wrong.problems.empty()) return base::Failure{std::move(wrong)};
  bool is_noted = false;
  for (int i = 0; i < kTriesMax; ++i) {
    const Known for_whom = TRY(known_after(workplace, *represented));
    const Known who = TRY(known_after(workplace, *representative));
    one.represented = for_whom.person.id;
    one.representative = who.person.id;
    if (one.represented == one.representative) {
      wrong.problems.push_back(
          problem("representative", party::explain(party::RepresentationProblem::self)));
      return base::Failure{std::move(wrong)};
    }
    if (!std::exchange(is_noted, true)) {
      TRY(record_listing(workplace, by, "representation:" + one.id, "recorded"));
    }
    const Instant now = workplace.clock.now();
    // Both sides get a version with it: who merges one of them away meanwhile, looks again and
    // finds it, and so does this.
    const std::vector<EntryRow> rows{row_of(one, 1, now),
                                     row_of(for_whom.person, for_whom.version + 1, now),
                                     row_of(who.person, who.version + 1, now)};
    if (TRY(save(workplace.store, rows, request))) return one;
    // Another server may have had the same request.
    if (const auto before = TRY(recorded_before(workplace.store, request))) return *before;
  }
  return changed_meanwhile();
}

Answer<Representation> revoke_representation(Workplace& workplace, const party::Officer& by,
                                             const std::string& id, const std::string& reason) {
  TRY(may_keep(workplace, by));
  const std::string why = base::to_one_line(reason);
  if (why.empty()) {
    return fail(FailureKind::unprocessable, "reason-missing",
                {"Nhập lý do chấm dứt đại diện.", "Say why the representation ends."});
  }
  bool is_noted = false;
  for (int i = 0; i < kTriesMax; ++i) {
    const auto row = TRY_AS_FAILURE(workplace.store.find_entry(kRepresentation, id));
    if (!row.has_value()) {
      return fail(FailureKind::not_found, "representation-not-found",
                  {"Không có bản ghi đại diện này.", "There is no such representation."});
    }
    Representation one = TRY_AS_FAILURE(representation_in(*row));
    // Its first end stays.
    if (one.revoked_on.has_value()) return one;
    one.revoked_on = calendar::local_date(workplace.clock.now());
    one.revoked_why = why;
    if (!std::exchange(is_noted, true)) {
      TRY(record_listing(workplace, by, "representation:" + id, "revoked: " + why));
    }
    // A side of it that was merged away meanwhile is read anew.
    const EntryRow ended = row_of(one, row->version + 1, workplace.clock.now());
    if (TRY(save(workplace.store, {ended}, std::nullopt))) return one;
  }
  return changed_meanwhile();
}

Answer<party::RepresentationReason> represents(Workplace& workplace, const Identifier& one,
                                               const Identifier& other,
                                               const procedure::Procedure& procedure,
                                               std::string* by_which) {
  const auto representative = TRY(find_person(workplace, {one}));
  const auto represented = TRY(find_person(workplace, {other}));
  if (!representative.has_value() || !represented.has_value()) {
    return party::RepresentationReason::none_recorded;
  }
  const auto recorded = TRY(representations_of(workplace, represented->id));
  const auto verdict = party::may_represent(
      recorded, representative->id, represented->id, procedure.code, procedure.field.vi,
      calendar::local_date(workplace.clock.now()), represented->born);
  if (by_which != nullptr && verdict.by != nullptr) *by_which = verdict.by->id;
  return verdict.reason;
}

}  // namespace casework
