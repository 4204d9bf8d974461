#pragma once
// dialect.h - who it is that a provider's claims tell of, whatever it calls them.
//
// Source of the national names: docs/formats/identity-providers.md.  A claim that is not of the
// form it should have is left out, but for the number by which the person is known: without that
// there is no identity.
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "oidc/provider.h"
#include "oidc/rejection.h"

namespace oidc {

enum class PersonKind { person, enterprise, organisation };
[[nodiscard]] std::string_view to_text(PersonKind kind);
[[nodiscard]] std::optional<PersonKind> parse_person_kind(std::string_view text);

// Fields: full_name, personal_id, tax_code, technical_id, birth_date (ISO), phone, email, address.
struct SignedInPerson {
  PersonKind kind = PersonKind::person;
  std::string subject;
  std::map<std::string, std::string> fields;
  std::map<std::string, std::string> claims;  // field -> the claim that said it
  std::optional<int> level;
  std::string sign_out;  // an address of the provider's own, where claims give one

  [[nodiscard]] std::string field(std::string_view name) const;
  // By what this person is the same one tomorrow: a person by his identity number, an enterprise by
  // its tax code, an organisation by the national portal's technical number.
  [[nodiscard]] std::string key() const;
  // Under which number dossiers of this person are filed; empty: under none.
  [[nodiscard]] std::string applicant_number() const;
  friend bool operator==(const SignedInPerson&, const SignedInPerson&) = default;
};

[[nodiscard]] bool is_person_field(std::string_view name);

// `no_identity`, `level_too_low` (also where a level is wanted and none is told).
[[nodiscard]] Checked<SignedInPerson> read_person(const Provider& provider,
                                                  const base::json::object& claims,
                                                  std::string_view subject);

}  // namespace oidc
