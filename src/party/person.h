#pragma once
// person.h - a citizen or an organisation: one person, whatever number, card or name it came with.
//
// Pure.  People change their cards, numbers and names; what was is kept with its days, so that an
// old paper still finds its owner.  Nothing is learnt from what somebody merely says of himself on
// line: only what an officer saw at the counter, or an identity provider vouched for.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "calendar/instant.h"
#include "calendar/language.h"
#include "party/partial_date.h"

namespace party {

enum class PersonKind { individual, organisation };

enum class IdentifierKind {
  personal_id,  // 12 digits; a person has one for life
  old_id_card,  // 9 digits, no longer issued
  passport,     // of a foreigner, or a citizen without the others
  tax_code,     // an enterprise's number, or an individual's
  external,     // how an identity provider calls the person; `issuer` says which
};
[[nodiscard]] std::string_view name(IdentifierKind kind);
[[nodiscard]] std::optional<IdentifierKind> parse_identifier_kind(std::string_view text);

struct Identifier {
  IdentifierKind kind = IdentifierKind::personal_id;
  std::string value{};                    // normalised
  std::string issuer{};                   // of an external one, else empty
  std::optional<calendar::Date> since{};  // first seen
  std::optional<calendar::Date> until{};  // last day before another took its place
  std::string source{};                   // who saw it: "officer:ID", "provider:ID"

  [[nodiscard]] bool is_same_as(const Identifier& other) const {
    return kind == other.kind && value == other.value && issuer == other.issuer;
  }
  friend bool operator==(const Identifier&, const Identifier&) = default;
};

enum class IdentifierRefusal {
  empty,        // nothing was entered
  not_of_kind,  // not how such a number looks
};
// Normalised by its kind; passports are capitals and digits, at most 20; external ones at most 128
// printable characters with an issuer.
[[nodiscard]] base::Result<Identifier, IdentifierRefusal> make_identifier(
    IdentifierKind kind, std::string_view text, std::string_view issuer = {});
// A number as somebody types it: 12 digits, 9, or a tax code.
[[nodiscard]] std::optional<Identifier> recognise_identifier(std::string_view text);
// By which a register finds the person: "personal_id:040190000001".
[[nodiscard]] std::string word_of(const Identifier& identifier);

struct PersonName {
  std::string text;
  std::optional<calendar::Date> since{};
  std::string source{};

  friend bool operator==(const PersonName&, const PersonName&) = default;
};

struct Person {
  std::string id;
  PersonKind kind = PersonKind::individual;
  std::vector<PersonName> names{};  // oldest first; the last one counts
  std::vector<Identifier> identifiers{};
  std::optional<PartialDate> born{};
  std::string phone{};
  std::string email{};
  std::string address{};
  std::string merged_into{};  // it turned out to be that person

  [[nodiscard]] std::string_view current_name() const {
    return names.empty() ? std::string_view{} : std::string_view{names.back().text};
  }
  friend bool operator==(const Person&, const Person&) = default;
};

// Somebody who can vouch for it saw this person.
struct Sighting {
  PersonKind kind = PersonKind::individual;
  std::string name{};
  std::vector<Identifier> identifiers{};  // at least one
  std::optional<PartialDate> born{};
  std::string phone{};
  std::string email{};
  std::string address{};
  calendar::Date on{};
  std::string source{};
};

enum class PersonRefusal {
  no_identifier,      // nothing to know the person by: enter a number
  other_kind,         // an individual's number for an organisation, or the other way round
  other_personal_id,  // the person has another number for life: two people, or a typing error
  other_birth,        // the day of birth contradicts the one that is known
  merged,             // the record was merged into another: use that one
};
[[nodiscard]] std::string explain(PersonRefusal refusal, calendar::Language language);

// What is known after the sighting.  A name that is written in other capitals or another Unicode
// form is not a new name.
[[nodiscard]] base::Result<Person, PersonRefusal> learn(Person person, const Sighting& sighting);
// `other` turned out to be the same person: everything that is known of both, in order of days.
[[nodiscard]] base::Result<Person, PersonRefusal> merge(Person person, const Person& other);
// All words that find the person.
[[nodiscard]] std::vector<std::string> words_of(const Person& person);

}  // namespace party
