// policy  := {profile, office_networks: [network], profiles: [profile]}
// profile := {id, source, from, password, throttle, second_factor, session, unused_days}
#include "identity/sign_in_policy.h"

#include <algorithm>

#include "form/yaml_reader.h"

namespace identity {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

Moment midnight(calendar::Date on) {
  return std::chrono::time_point_cast<seconds>(calendar::at_local(on, {}));
}

class PolicyReader {
 public:
  explicit PolicyReader(form::YamlReader& reader) : reader_(reader) {}

  std::optional<SignInPolicy> read(const YAML::Node& root, std::string_view wanted) {
    reader_.only_keys(root, {"profile", "office_networks", "profiles"});
    std::string name = reader_.text(root, "profile", form::Need::required, 60);
    if (!wanted.empty()) name = wanted;
    std::vector<Network> networks;
    for (const YAML::Node& node :
         reader_.list(root, "office_networks", form::Need::required, 200)) {
      const auto network = Network::parse(node.IsScalar() ? node.Scalar() : "");
      if (network.has_value()) {
        networks.push_back(*network);
      } else {
        reader_.problem(node, "not a network", "write 10.0.0.0/8 or \"fc00::/7\"");
      }
    }
    std::optional<SignInPolicy> chosen;
    for (const YAML::Node& node : reader_.list(root, "profiles", form::Need::required, 20)) {
      SignInPolicy policy = read_profile(node);
      policy.office_networks = networks;
      if (policy.profile == name) chosen = std::move(policy);
    }
    if (!chosen.has_value()) {
      reader_.problem_in_file("there is no profile " + name, "name one of `profiles`");
    }
    return chosen;
  }

 private:
  SignInPolicy read_profile(const YAML::Node& node) {
    SignInPolicy policy;
    reader_.only_keys(node, {"id", "source", "from", "password", "throttle", "second_factor",
                             "session", "unused_days"});
    policy.profile = reader_.text(node, "id", form::Need::required, 60);
    policy.source = reader_.text(node, "source", form::Need::required);
    if (const auto from = reader_.date(node, "from")) {
      policy.from = *from;
    } else {
      reader_.problem(node, "from is missing", "the day from which the profile counts");
    }
    policy.unused_days = number(node, "unused_days", 0, 3650);

    const YAML::Node password = part(
        node, "password",
        {"length_min", "four_kinds", "history", "change_months", "change_months_administrator"});
    policy.password = {
        .length_min = static_cast<std::size_t>(number(password, "length_min", 8, 64)),
        .four_kinds = flag(password, "four_kinds"),
        .history = number(password, "history", 0, 24),
        .change_months = number(password, "change_months", 0, 60),
        .change_months_administrator = number(password, "change_months_administrator", 0, 60)};

    const YAML::Node throttle = part(node, "throttle",
                                     {"free_failures", "free_failures_of_account",
                                      "first_wait_seconds", "longest_wait_minutes"});
    policy.throttle.free_failures_of_pair = number(throttle, "free_failures", 1, 100);
    policy.throttle.free_failures_of_account = number(throttle, "free_failures_of_account", 1, 90);
    policy.throttle.first_wait = seconds{number(throttle, "first_wait_seconds", 1, 30 * 86'400)};
    policy.throttle.longest_wait = minutes{number(throttle, "longest_wait_minutes", 1, 30 * 1440)};
    policy.throttle.forget_after =
        std::max<seconds>(hours{24}, policy.throttle.longest_wait + seconds{1});

    const YAML::Node factor =
        part(node, "second_factor", {"administrators", "outside_office", "everybody"});
    policy.second_factor = {.administrators = flag(factor, "administrators"),
                            .outside_office = flag(factor, "outside_office"),
                            .everybody = flag(factor, "everybody")};

    const YAML::Node session =
        part(node, "session", {"lock_minutes", "idle_hours", "absolute_hours", "fresh_minutes"});
    policy.session.lock = minutes{number(session, "lock_minutes", 1, 24 * 60)};
    policy.session.idle = hours{number(session, "idle_hours", 1, 24)};
    policy.session.absolute = hours{number(session, "absolute_hours", 1, 24 * 30)};
    policy.fresh = minutes{number(session, "fresh_minutes", 1, 60)};
    return policy;
  }

  YAML::Node part(const YAML::Node& node, const char* key,
                  std::initializer_list<std::string_view> keys) {
    const YAML::Node found = node.IsMap() ? node[key] : YAML::Node{};
    reader_.only_keys(found, keys);
    return found;
  }

  int number(const YAML::Node& node, const char* key, int least, int most) {
    const auto value = reader_.integer(node, key);
    if (value.has_value() && *value >= least && *value <= most) return static_cast<int>(*value);
    reader_.problem(node, std::string{key} + " is missing or out of reach",
                    "write a number from " + std::to_string(least) + " to " + std::to_string(most));
    return least;
  }

  bool flag(const YAML::Node& node, const char* key) {
    const auto value = reader_.boolean(node, key);
    if (!value.has_value()) {
      reader_.problem(node, std::string{key} + " is missing", "write true or false");
    }
    return value.value_or(false);
  }

  form::YamlReader& reader_;
};

}  // namespace

bool SignInPolicy::asks_second_factor(bool administrator, std::string_view address) const {
  return second_factor.everybody || (second_factor.administrators && administrator) ||
         (second_factor.outside_office && !is_office(address));
}

std::optional<Moment> SignInPolicy::password_ends(bool administrator, Moment changed_at) const {
  const int months = administrator && password.change_months_administrator > 0
                         ? password.change_months_administrator
                         : password.change_months;
  if (months == 0) return std::nullopt;
  const calendar::Date begun = std::max(calendar::local_date(changed_at), from);
  const std::chrono::year_month_day day{begun};
  std::chrono::year_month_day end = day + std::chrono::months{months};
  if (!end.ok()) end = end.year() / end.month() / std::chrono::last;
  return midnight(calendar::Date{end});
}

std::optional<Moment> SignInPolicy::unused_from(Moment last_used_at) const {
  if (unused_days == 0) return std::nullopt;
  return std::max(last_used_at, midnight(from)) + std::chrono::days{unused_days};
}

base::Outcome<SignInPolicy> read_sign_in_policy(std::string_view text, std::string_view profile) {
  form::DefinitionProblems problems;
  form::YamlReader reader{"sign-in.yaml", problems};
  std::optional<SignInPolicy> policy;
  if (const auto root = reader.parse(text)) policy = PolicyReader{reader}.read(*root, profile);
  if (!problems.empty() || !policy.has_value()) {
    std::string told = "data/policy/sign-in.yaml";
    if (!problems.empty()) {
      const form::DefinitionProblem& first = problems.front();
      told += ":" + std::to_string(first.line) + ": " + first.message + "; " + first.remedy;
    }
    return base::fault(base::FaultCode::invalid, told);
  }
  return *std::move(policy);
}

}  // namespace identity
