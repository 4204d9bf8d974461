#include "oidc/provider.h"

#include <algorithm>
#include <set>

#include <boost/json.hpp>

#include "oidc/dialect.h"
#include "oidc/strict_json.h"
#include "oidc/url.h"
#include "party/personal_id.h"

namespace oidc {

namespace {

using base::json::object;
using base::json::value;

constexpr std::string_view kFormat = "motcua-identity-providers/1";
constexpr std::size_t kListMax = 32;
constexpr std::size_t kOfficersMax = 10'000;

// Reads one provider's members and gathers what is wrong with it.
class Reader {
 public:
  explicit Reader(const object& members) : members_(members) {}

  std::string text(std::string_view name, std::size_t bytes_max = 1000) {
    known_.insert(std::string{name});
    const value* found = members_.if_contains(name);
    if (found == nullptr) return {};
    if (!found->is_string() || found->get_string().size() > bytes_max) {
      complain(name, "has to be a text");
      return {};
    }
    return std::string{found->get_string()};
  }
  std::string needed(std::string_view name) {
    std::string found = text(name);
    if (found.empty()) complain(name, "is missing");
    return found;
  }
  std::vector<std::string> texts(std::string_view name) {
    known_.insert(std::string{name});
    const value* found = members_.if_contains(name);
    if (found == nullptr) return {};
    auto read = one_or_more_texts(*found);
    if (!read.has_value() || read->size() > kListMax) {
      complain(name, "has to be a text or a list of texts");
      return {};
    }
    return *std::move(read);
  }
  bool flag(std::string_view name, bool otherwise) {
    known_.insert(std::string{name});
    const value* found = members_.if_contains(name);
    if (found == nullptr) return otherwise;
    if (!found->is_bool()) complain(name, "has to be true or false");
    return found->is_bool() && found->get_bool();
  }
  std::optional<int> number(std::string_view name, int most) {
    known_.insert(std::string{name});
    const value* found = members_.if_contains(name);
    if (found == nullptr) return std::nullopt;
    const auto read = whole_number(*found);
    if (!read.has_value() || *read < 0 || *read > most) {
      complain(name, "has to be a whole number up to " + std::to_string(most));
      return std::nullopt;
    }
    return static_cast<int>(*read);
  }
  const object* members(std::string_view name) {
    known_.insert(std::string{name});
    const value* found = members_.if_contains(name);
    if (found == nullptr) return nullptr;
    if (!found->is_object()) {
      complain(name, "has to be a map");
      return nullptr;
    }
    return &found->get_object();
  }
  void complain(std::string_view name, std::string_view what) {
    if (problem_.empty()) problem_ = std::string{name} + " " + std::string{what};
  }
  // What is wrong first; a member nobody asked for is, too.
  std::string problem() {
    for (const auto& member : members_) {
      if (!known_.contains(std::string{member.key()})) complain(member.key(), "is not known here");
    }
    return problem_;
  }

 private:
  const object& members_;
  std::set<std::string> known_;
  std::string problem_;
};

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 32 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

void read_dialect(Reader& reader, Provider& provider) {
  const std::string dialect = reader.text("dialect");
  if (dialect.empty() || dialect == "standard") {
    provider.dialect = Dialect::standard;
  } else if (dialect == "vnconnect") {
    provider.dialect = Dialect::vnconnect;
  } else if (dialect == "vneid") {
    provider.dialect = Dialect::vneid;
  } else {
    reader.complain("dialect", "is standard, vnconnect or vneid");
  }
}

void read_client(Reader& reader, Provider& provider) {
  provider.client_id = reader.needed("client_id");
  const std::string authentication = reader.text("client_authentication");
  if (authentication.empty()) {
    provider.authentication = provider.dialect == Dialect::standard ? ClientAuthentication::basic
                                                                    : ClientAuthentication::post;
  } else if (authentication == "basic") {
    provider.authentication = ClientAuthentication::basic;
  } else if (authentication == "post") {
    provider.authentication = ClientAuthentication::post;
  } else if (authentication == "none") {
    provider.authentication = ClientAuthentication::none;
  } else {
    reader.complain("client_authentication", "is basic, post or none");
  }
  provider.secret = {.file = reader.text("secret_file"), .variable = reader.text("secret_env")};
  const bool wanted = provider.authentication != ClientAuthentication::none;
  if (wanted != provider.secret.named()) {
    reader.complain("secret_file", wanted ? "or secret_env is missing" : "is not used");
  }
  provider.private_key = {.file = reader.text("private_key_file"),
                          .variable = reader.text("private_key_env")};
  if (provider.dialect == Dialect::vneid && !provider.private_key.named()) {
    reader.complain("private_key_file", "or private_key_env is missing: answers are encrypted");
  }
  provider.pkce = reader.flag("pkce", true);
  if (!provider.pkce && provider.dialect != Dialect::vneid) {
    reader.complain("pkce", "may be off for the dialect vneid only");
  }
}

void read_places(Reader& reader, Provider& provider) {
  provider.issuer = reader.needed("issuer");
  if (!is_provider_url(provider.issuer)) reader.complain("issuer", "has to be an https address");
  provider.hosts = reader.texts("hosts");
  provider.metadata = reader.text("metadata");
  if (const object* given = reader.members("endpoints")) {
    Reader inner(*given);
    Endpoints endpoints{.authorization = inner.needed("authorization"),
                        .token = inner.needed("token"),
                        .userinfo = inner.text("userinfo"),
                        .keys = inner.text("keys"),
                        .end_session = inner.text("end_session")};
    for (const std::string* one : {&endpoints.authorization, &endpoints.token, &endpoints.userinfo,
                                   &endpoints.keys, &endpoints.end_session}) {
      if (!one->empty() && !is_provider_url(*one)) inner.complain(*one, "is no https address");
    }
    if (provider.dialect == Dialect::vneid ? endpoints.userinfo.empty() : endpoints.keys.empty()) {
      inner.complain(provider.dialect == Dialect::vneid ? "userinfo" : "keys", "is missing");
    }
    if (const std::string problem = inner.problem(); !problem.empty()) {
      reader.complain("endpoints:", problem);
    }
    provider.endpoints = std::move(endpoints);
  } else if (provider.dialect == Dialect::vneid) {
    reader.complain("endpoints", "are missing: this dialect publishes no metadata");
  }
  if (!provider.metadata.empty() && provider.endpoints.has_value()) {
    reader.complain("metadata", "and endpoints exclude each other");
  }
  if (provider.metadata.empty() && !provider.endpoints.has_value()) {
    const std::string slash = provider.issuer.ends_with('/') ? "" : "/";
    provider.metadata = provider.issuer + slash + ".well-known/openid-configuration";
  }
  if (!provider.metadata.empty() && !is_provider_url(provider.metadata)) {
    reader.complain("metadata", "has to be an https address");
  }
}

void read_tokens(Reader& reader, Provider& provider) {
  provider.scopes = reader.texts("scopes");
  if (provider.scopes.empty()) provider.scopes = {"openid"};
  if (std::ranges::find(provider.scopes, "openid") == provider.scopes.end()) {
    reader.complain("scopes", "have to hold openid");
  }
  for (const std::string& one : reader.texts("algorithms")) {
    const auto algorithm = parse_algorithm(one);
    if (algorithm.has_value()) {
      provider.algorithms.push_back(*algorithm);
    } else {
      reader.complain("algorithms", "are RS256, PS256, ES256 and EdDSA; not " + one);
    }
  }
  if (provider.algorithms.empty()) provider.algorithms = {Algorithm::rs256};
  provider.other_tokens = reader.texts("trusted_audiences");
  provider.contexts = reader.texts("contexts");
  provider.level = reader.number("level", 9);
  if (const auto seconds = reader.number("authenticated_within_seconds", 86'400)) {
    provider.authenticated_within = std::chrono::seconds{*seconds};
  }
  provider.names_itself = reader.flag("names_itself", false);
  provider.skew = std::chrono::seconds{reader.number("skew_seconds", 300).value_or(60)};
}

void read_people(Reader& reader, Provider& provider) {
  for (const std::string& one : reader.texts("for")) {
    const auto audience = parse_audience(one);
    if (audience.has_value()) {
      provider.audiences.push_back(*audience);
    } else {
      reader.complain("for", "is citizens, officers or both");
    }
  }
  if (provider.audiences.empty()) reader.complain("for", "is missing");
  if (const object* claims = reader.members("claims")) {
    if (provider.dialect != Dialect::standard) reader.complain("claims", "are of the dialect");
    for (const auto& [ours, theirs] : *claims) {
      if (!is_person_field(ours) || !theirs.is_string()) {
        reader.complain("claims", "name no claim for " + std::string{ours});
        return;
      }
      provider.claims.emplace(std::string{ours}, std::string{theirs.get_string()});
    }
  }
  const object* officers = reader.members("officers");
  if (officers == nullptr) return;
  if (officers->size() > kOfficersMax) reader.complain("officers", "are too many");
  for (const auto& [number, username] : *officers) {
    const auto id = party::PersonalId::parse(std::string_view{number});
    if (!id || !username.is_string()) {
      reader.complain("officers", "map identity numbers to user names");
      return;
    }
    provider.officers.emplace(id->digits(), std::string{username.get_string()});
  }
}

base::Outcome<Provider> read_provider(const object& members) {
  Reader reader(members);
  Provider provider;
  provider.id = reader.needed("id");
  if (!is_id(provider.id)) reader.complain("id", "has to be of a-z, 0-9 and -");
  if (const object* name = reader.members("name")) {
    provider.name = {base::string_or(*name, "vi"), base::string_or(*name, "en")};
  }
  if (provider.name.vi.empty()) reader.complain("name", "needs vi, and better en too");
  if (provider.name.en.empty()) provider.name.en = provider.name.vi;
  read_dialect(reader, provider);
  read_client(reader, provider);
  read_places(reader, provider);
  read_tokens(reader, provider);
  read_people(reader, provider);
  if (const std::string problem = reader.problem(); !problem.empty()) {
    return base::fault(base::FaultCode::invalid, "provider " + provider.id + ": " + problem);
  }
  return provider;
}

}  // namespace

bool Provider::serves(Audience audience) const {
  return std::ranges::find(audiences, audience) != audiences.end();
}

std::string_view to_text(Audience audience) {
  return audience == Audience::citizens ? "citizens" : "officers";
}

std::optional<Audience> parse_audience(std::string_view text) {
  if (text == "citizens") return Audience::citizens;
  if (text == "officers") return Audience::officers;
  return std::nullopt;
}

base::Outcome<std::vector<Provider>> read_providers(const value& document) {
  const auto invalid = [](std::string why) {
    return base::fault(base::FaultCode::invalid, std::move(why));
  };
  if (!document.is_object() || base::string_or(document, "format") != kFormat) {
    return invalid("format must be " + std::string{kFormat});
  }
  const value* list = base::find(document, "providers");
  if (list == nullptr || !list->is_array() || list->get_array().size() > kProvidersMax ||
      document.get_object().size() != 2) {
    return invalid("beside format there are providers, a list of at most 16");
  }
  std::vector<Provider> providers;
  for (const value& one : list->get_array()) {
    if (!one.is_object()) return invalid("a provider is a map");
    Provider provider = TRY(read_provider(one.get_object()));
    const bool twice = std::ranges::any_of(
        providers, [&](const Provider& other) { return other.id == provider.id; });
    if (twice) return invalid("two providers are called " + provider.id);
    providers.push_back(std::move(provider));
  }
  return providers;
}

}  // namespace oidc
