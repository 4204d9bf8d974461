#include "party/person.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "party/personal_id.h"
#include "party/tax_code.h"

namespace party {

namespace {

constexpr std::array<std::string_view, 5> kKinds{"personal_id", "old_id_card", "passport",
                                                 "tax_code", "external"};
constexpr std::size_t kExternalMax = 128;
constexpr std::size_t kPassportMax = 20;

base::Result<std::string, IdentifierRefusal> passport(std::string_view text) {
  std::string value;
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    if (c >= 'a' && c <= 'z') {
      value += static_cast<char>(c - 'a' + 'A');
    } else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
      value += c;
    } else {
      return base::Failure{IdentifierRefusal::not_of_kind};
    }
  }
  if (value.size() < 5 || value.size() > kPassportMax) {
    return base::Failure{IdentifierRefusal::not_of_kind};
  }
  return value;
}

base::Result<std::string, IdentifierRefusal> normalised(IdentifierKind kind, std::string_view text,
                                                        std::string_view issuer) {
  switch (kind) {
    case IdentifierKind::personal_id:
    case IdentifierKind::old_id_card: {
      const auto id = PersonalId::parse(text);
      const bool fits = id && id->is_old() == (kind == IdentifierKind::old_id_card);
      if (!fits) return base::Failure{IdentifierRefusal::not_of_kind};
      return id->digits();
    }
    case IdentifierKind::tax_code: {
      const auto code = TaxCode::parse(text);
      if (!code) return base::Failure{IdentifierRefusal::not_of_kind};
      return code->text();
    }
    case IdentifierKind::passport:
      return passport(text);
    case IdentifierKind::external:
      break;
  }
  const bool printable =
      std::ranges::all_of(text, [](unsigned char c) { return c > 0x20 && c != 0x7f; });
  if (!printable || text.size() > kExternalMax || issuer.empty()) {
    return base::Failure{IdentifierRefusal::not_of_kind};
  }
  return std::string{text};
}

bool is_of(PersonKind kind, const Identifier& identifier) {
  switch (identifier.kind) {
    case IdentifierKind::personal_id:
    case IdentifierKind::old_id_card:
    case IdentifierKind::passport:
      return kind == PersonKind::individual;
    case IdentifierKind::tax_code:
    case IdentifierKind::external:
      break;
  }
  return true;
}

// A person has one at a time; an old card and a provider's name do not end another.
bool is_one_at_a_time(IdentifierKind kind) {
  return kind == IdentifierKind::passport || kind == IdentifierKind::tax_code;
}

bool contradicts(const PartialDate& one, const PartialDate& other) {
  if (one.year != other.year) return true;
  if (one.month && other.month && *one.month != *other.month) return true;
  return one.day && other.day && *one.day != *other.day;
}

void take_identifier(Person& person, Identifier seen) {
  for (Identifier& known : person.identifiers) {
    if (known.is_same_as(seen)) {
      if (seen.since && (!known.since || *seen.since < *known.since)) known.since = seen.since;
      // It is in use again, whoever said that its time was over.
      if (known.until && seen.since && *seen.since > *known.until) known.until.reset();
      return;
    }
  }
  if (is_one_at_a_time(seen.kind) && seen.since) {
    for (Identifier& known : person.identifiers) {
      if (known.kind != seen.kind || known.until) continue;
      const calendar::Date last = *seen.since - std::chrono::days{1};
      known.until = known.since ? std::max(*known.since, last) : last;
    }
  }
  person.identifiers.push_back(std::move(seen));
}

void take_name(Person& person, PersonName seen) {
  if (seen.text.empty()) return;
  // Letters of other capitals or another Unicode form are the same name; another tone mark is not.
  const auto same = [&seen](const PersonName& known) {
    return base::to_lower(base::to_nfc(known.text)) == base::to_lower(base::to_nfc(seen.text));
  };
  if (!person.names.empty() && same(person.names.back())) return;
  person.names.push_back(std::move(seen));
}

}  // namespace

std::string_view name(IdentifierKind kind) {
  return kKinds[static_cast<std::size_t>(kind)];
}

std::optional<IdentifierKind> parse_identifier_kind(std::string_view text) {
  const auto* found = std::ranges::find(kKinds, text);
  if (found == kKinds.end()) return std::nullopt;
  return static_cast<IdentifierKind>(found - kKinds.begin());
}

base::Result<Identifier, IdentifierRefusal> make_identifier(IdentifierKind kind,
                                                            std::string_view text,
                                                            std::string_view issuer) {
  const std::string line = base::to_one_line(text);
  if (line.empty()) return base::Failure{IdentifierRefusal::empty};
  return Identifier{.kind = kind,
                    .value = TRY(normalised(kind, line, issuer)),
                    .issuer = std::string{kind == IdentifierKind::external ? issuer : ""}};
}

std::optional<Identifier> recognise_identifier(std::string_view text) {
  for (const IdentifierKind kind :
       {IdentifierKind::personal_id, IdentifierKind::old_id_card, IdentifierKind::tax_code}) {
    if (auto identifier = make_identifier(kind, text)) return std::move(identifier).value();
  }
  // A passport has at least one letter: digits alone are a number mistyped.
  if (std::ranges::none_of(
          text, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); })) {
    return std::nullopt;
  }
  if (auto identifier = make_identifier(IdentifierKind::passport, text)) {
    return std::move(identifier).value();
  }
  return std::nullopt;
}

std::string word_of(const Identifier& identifier) {
  std::string word{name(identifier.kind)};
  if (!identifier.issuer.empty()) word += '/' + identifier.issuer;
  return word + ':' + identifier.value;
}

std::vector<std::string> words_of(const Person& person) {
  std::vector<std::string> words;
  for (const Identifier& identifier : person.identifiers) words.push_back(word_of(identifier));
  return words;
}

base::Result<Person, PersonRefusal> learn(Person person, const Sighting& sighting) {
  if (!person.merged_into.empty()) return base::Failure{PersonRefusal::merged};
  if (sighting.identifiers.empty()) return base::Failure{PersonRefusal::no_identifier};
  const bool fresh = person.identifiers.empty();
  if (fresh) person.kind = sighting.kind;
  if (person.kind != sighting.kind) return base::Failure{PersonRefusal::other_kind};
  for (const Identifier& seen : sighting.identifiers) {
    if (!is_of(person.kind, seen)) return base::Failure{PersonRefusal::other_kind};
    if (seen.kind != IdentifierKind::personal_id) continue;
    for (const Identifier& known : person.identifiers) {
      if (known.kind == seen.kind && known.value != seen.value) {
        return base::Failure{PersonRefusal::other_personal_id};
      }
    }
  }
  if (sighting.born && person.born && contradicts(*sighting.born, *person.born)) {
    return base::Failure{PersonRefusal::other_birth};
  }
  for (Identifier seen : sighting.identifiers) {
    seen.since = sighting.on;
    seen.source = sighting.source;
    take_identifier(person, std::move(seen));
  }
  take_name(
      person,
      {.text = base::to_one_line(sighting.name), .since = sighting.on, .source = sighting.source});
  const bool knows_more =
      sighting.born && (!person.born || (!person.born->day && sighting.born->day));
  if (knows_more) person.born = sighting.born;
  if (!sighting.phone.empty()) person.phone = sighting.phone;
  if (!sighting.email.empty()) person.email = sighting.email;
  if (!sighting.address.empty()) person.address = sighting.address;
  return person;
}

base::Result<Person, PersonRefusal> merge(Person person, const Person& other) {
  if (!person.merged_into.empty() || !other.merged_into.empty()) {
    return base::Failure{PersonRefusal::merged};
  }
  if (person.kind != other.kind) return base::Failure{PersonRefusal::other_kind};
  for (const Identifier& one : person.identifiers) {
    for (const Identifier& two : other.identifiers) {
      if (one.kind == IdentifierKind::personal_id && two.kind == one.kind &&
          one.value != two.value) {
        return base::Failure{PersonRefusal::other_personal_id};
      }
    }
  }
  if (person.born && other.born && contradicts(*person.born, *other.born)) {
    return base::Failure{PersonRefusal::other_birth};
  }
  for (const Identifier& identifier : other.identifiers) {
    const bool known = std::ranges::any_of(
        person.identifiers, [&](const Identifier& one) { return one.is_same_as(identifier); });
    if (!known) person.identifiers.push_back(identifier);
  }
  std::vector<PersonName> names = person.names;
  names.insert(names.end(), other.names.begin(), other.names.end());
  std::ranges::stable_sort(
      names, {}, [](const PersonName& one) { return one.since.value_or(calendar::Date::min()); });
  person.names.clear();
  for (PersonName& one : names) take_name(person, std::move(one));
  if (!person.born) person.born = other.born;
  if (person.phone.empty()) person.phone = other.phone;
  if (person.email.empty()) person.email = other.email;
  if (person.address.empty()) person.address = other.address;
  return person;
}

std::string explain(PersonRefusal refusal, calendar::Language language) {
  const bool vi = language == calendar::Language::vietnamese;
  switch (refusal) {
    case PersonRefusal::no_identifier:
      return vi ? "Chưa có số giấy tờ nào để nhận biết người này; hãy nhập số định danh, hộ chiếu "
                  "hoặc mã số thuế."
                : "There is no number to know this person by; enter a personal ID, passport or tax "
                  "code.";
    case PersonRefusal::other_kind:
      return vi ? "Số này là của cá nhân, không phải của tổ chức (hoặc ngược lại); hãy kiểm tra."
                : "That number belongs to an individual, not to an organisation (or the other way "
                  "round); check it.";
    case PersonRefusal::other_personal_id:
      return vi ? "Người này đã có số định danh khác. Một người chỉ có một số định danh suốt đời: "
                  "hãy kiểm tra lại số vừa nhập."
                : "This person has another personal ID. A person keeps one for life: check the "
                  "number.";
    case PersonRefusal::other_birth:
      return vi ? "Ngày sinh khác với ngày sinh đã biết của người này; hãy kiểm tra giấy tờ."
                : "The day of birth differs from the one known of this person; check the papers.";
    case PersonRefusal::merged:
      return vi ? "Bản ghi này đã được nhập vào bản ghi khác; hãy dùng bản ghi đó."
                : "This record was merged into another; use that one.";
  }
  return {};
}

}  // namespace party
