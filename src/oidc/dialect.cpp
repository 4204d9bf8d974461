#include "oidc/dialect.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "base/text.h"
#include "calendar/instant.h"
#include "oidc/metadata.h"
#include "oidc/strict_json.h"
#include "party/email.h"
#include "party/personal_id.h"
#include "party/phone.h"
#include "party/tax_code.h"

namespace oidc {

namespace {

using base::json::object;
using base::json::value;

constexpr std::size_t kTextBytesMax = 600;

constexpr std::array<std::string_view, 8> kFields{"full_name",    "personal_id", "tax_code",
                                                  "technical_id", "birth_date",  "phone",
                                                  "email",        "address"};

struct Named {
  const char* field;
  const char* claim;
};

// Source: OpenID Connect Core 1.0, section 5.1; the last two have no standard name.
constexpr std::array kStandard{
    Named{"full_name", "name"},     Named{"birth_date", "birthdate"},
    Named{"phone", "phone_number"}, Named{"email", "email"},
    Named{"address", "address"},    Named{"personal_id", "personal_id"},
    Named{"tax_code", "tax_code"},
};
constexpr std::array kVnconnect{
    Named{"full_name", "HoVaTen"},
    Named{"personal_id", "SoDinhDanh"},
    Named{"tax_code", "MaSoThue"},
    Named{"technical_id", "TechID"},
    Named{"birth_date", "NgayThangNamSinh"},
    Named{"phone", "SoDienThoai"},
    Named{"email", "ThuDienTu"},
    Named{"address", "ThuongTru"},
};
constexpr std::array kVneid{
    Named{"full_name", "fullName"},
    Named{"personal_id", "citizenPid"},
    Named{"birth_date", "birthDate"},
};

// A text, or a number written as one.
std::string text_of(const object& claims, std::string_view name) {
  const value* found = claims.if_contains(name);
  if (found == nullptr) return {};
  if (found->is_string()) {
    if (found->get_string().size() > kTextBytesMax) return {};
    return base::to_one_line(std::string_view{found->get_string()});
  }
  if (found->is_object()) return text_of(found->get_object(), "formatted");  // an address
  const auto number = whole_number(*found);
  return number.has_value() ? std::to_string(*number) : std::string{};
}

// "1990-05-01", "01/05/1990", "19900501".
std::string birth_date(const std::string& text) {
  std::string iso = text;
  if (text.size() == 8 && text.find_first_not_of("0123456789") == std::string::npos) {
    iso = text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2);
  }
  if (const auto date = calendar::parse_date(iso)) return calendar::to_iso(*date);
  if (const auto date = calendar::parse_vietnamese_date(text)) return calendar::to_iso(*date);
  return {};
}

// In the form we keep it in; empty: it is none.
std::string as_field(std::string_view field, const std::string& text) {
  if (text.empty()) return {};
  if (field == "personal_id") {
    const auto id = party::PersonalId::parse(text);
    return id && !id->is_old() ? id->digits() : std::string{};
  }
  if (field == "tax_code") {
    const auto code = party::TaxCode::parse(text);
    return code ? code->text() : std::string{};
  }
  if (field == "phone") {
    const auto phone = party::Phone::parse(text);
    return phone ? phone->national() : std::string{};
  }
  if (field == "email") return party::parse_email(text).value_or("");
  if (field == "birth_date") return birth_date(text);
  return text;
}

void take(SignedInPerson& person, const object& claims, const std::string& field,
          const std::string& claim) {
  const std::string text = as_field(field, text_of(claims, claim));
  if (text.empty()) return;
  person.fields[field] = text;
  person.claims[field] = claim;
}

template <std::size_t N>
void take_all(SignedInPerson& person, const object& claims, const std::array<Named, N>& names) {
  for (const Named& one : names) take(person, claims, one.field, one.claim);
}

// "LoA2", 2, "2", or the highest of a list of such.
std::optional<int> level_of(const value& said) {
  if (said.is_array()) {
    std::optional<int> highest;
    for (const value& one : said.get_array()) {
      if (one.is_array()) continue;
      const auto level = level_of(one);
      if (level.has_value() && level.value() > highest.value_or(-1)) highest = level;
    }
    return highest;
  }
  if (said.is_string()) {
    std::string_view text{said.get_string()};
    if (text.starts_with("LoA") || text.starts_with("loa")) text.remove_prefix(3);
    if (text.size() != 1 || text.front() < '0' || text.front() > '9') return std::nullopt;
    return text.front() - '0';
  }
  const auto number = whole_number(said);
  if (!number.has_value() || *number < 0 || *number > 9) return std::nullopt;
  return static_cast<int>(*number);
}

std::optional<int> level_in(const object& claims, std::string_view name) {
  const value* said = claims.if_contains(name);
  return said == nullptr ? std::nullopt : level_of(*said);
}

void read_standard(SignedInPerson& person, const Provider& provider, const object& claims) {
  take_all(person, claims, kStandard);
  for (const auto& [field, claim] : provider.claims) {
    person.fields.erase(field);
    person.claims.erase(field);
    take(person, claims, field, claim);
  }
  // What the provider itself does not vouch for is not passed on as its word.
  if (!base::bool_or(claims, "email_verified", true)) person.fields.erase("email");
  if (!base::bool_or(claims, "phone_number_verified", true)) person.fields.erase("phone");
  person.level = level_in(claims, "acr");
  if (person.field("personal_id").empty() && !person.field("tax_code").empty()) {
    person.kind = PersonKind::enterprise;
  }
}

void read_vnconnect(SignedInPerson& person, const Provider& provider, const object& claims) {
  take_all(person, claims, kVnconnect);
  // LoaiTaiKhoan: 1 citizen, 2 enterprise, 3 organisation.
  const std::string kind = text_of(claims, "LoaiTaiKhoan");
  if (kind == "2") {
    person.kind = PersonKind::enterprise;
  } else if (kind == "3") {
    person.kind = PersonKind::organisation;
  } else if (kind != "1") {
    person.fields.erase("personal_id");  // an account of a kind we do not know is nobody's
  }
  if (person.kind != PersonKind::person) {
    take(person, claims, "full_name", "TenDoanhNghiep");
    take(person, claims, "address", "DiaChi");
  }
  const auto assurance = level_in(claims, "loAs");
  const auto proofing = level_in(claims, "IAL");  // VNeID through VNConnect
  person.level = assurance.has_value() && proofing.has_value() ? std::min(assurance, proofing)
                 : assurance.has_value()                       ? assurance
                                                               : proofing;
  const std::string sign_out = base::string_or(claims, "logoutUri");
  if (is_own_address(sign_out, provider)) person.sign_out = sign_out;
}

void read_vneid(SignedInPerson& person, const object& claims) {
  take_all(person, claims, kVneid);
  person.level = level_in(claims, "accountLevel");
}

}  // namespace

std::string_view to_text(PersonKind kind) {
  switch (kind) {
    case PersonKind::person:
      return "person";
    case PersonKind::enterprise:
      return "enterprise";
    case PersonKind::organisation:
      return "organisation";
  }
  return {};
}

std::optional<PersonKind> parse_person_kind(std::string_view text) {
  for (const PersonKind one :
       {PersonKind::person, PersonKind::enterprise, PersonKind::organisation}) {
    if (text == to_text(one)) return one;
  }
  return std::nullopt;
}

std::string SignedInPerson::field(std::string_view name) const {
  const auto found = fields.find(std::string{name});
  return found == fields.end() ? std::string{} : found->second;
}

std::string SignedInPerson::key() const {
  switch (kind) {
    case PersonKind::person:
      return field("personal_id");
    case PersonKind::enterprise:
      return field("tax_code");
    case PersonKind::organisation:
      return field("technical_id");
  }
  return {};
}

std::string SignedInPerson::applicant_number() const {
  return kind == PersonKind::person ? field("personal_id") : field("tax_code");
}

bool is_person_field(std::string_view name) {
  return std::ranges::find(kFields, name) != kFields.end();
}

Checked<SignedInPerson> read_person(const Provider& provider, const object& claims,
                                    std::string_view subject) {
  SignedInPerson person;
  person.subject = std::string{subject};
  switch (provider.dialect) {
    case Dialect::standard:
      read_standard(person, provider, claims);
      break;
    case Dialect::vnconnect:
      read_vnconnect(person, provider, claims);
      break;
    case Dialect::vneid:
      read_vneid(person, claims);
      break;
  }
  std::erase_if(person.claims, [&](const auto& one) { return !person.fields.contains(one.first); });
  if (person.key().empty()) return base::Failure{Rejection::no_identity};
  if (provider.level.has_value() && person.level.value_or(-1) < *provider.level) {
    return base::Failure{Rejection::level_too_low};
  }
  return person;
}

}  // namespace oidc
