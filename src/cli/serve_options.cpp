#include "cli/serve_options.h"

namespace cli {

void add_serve_options(CLI::App& command, ServeOptions& options) {
  command.add_option("--data", options.data, "Folder of the store; created if absent")
      ->capture_default_str();
  command.add_option("--listen", options.listen, "HOST:PORT; port 0 picks a free one")
      ->capture_default_str();
  command.add_option("--public-url", options.public_url,
                     "Address that receipts and mails name, e.g. https://motcua.example.vn");
  command.add_option("--smtp", options.smtp,
                     "Mail server, e.g. smtp://mail:25; without it mails go to DIR/mail");
  command.add_option("--smtp-login", options.smtp_password_file,
                     "File with user:password of the mail server");
  command.add_option("--mail-from", options.mail_from, "Sender address of mails");
  command.add_option("--trusted-proxy", options.trusted_proxies,
                     "Address or network (10.0.0.0/8) of a reverse proxy whose X-Forwarded-For "
                     "is believed");
  command
      .add_option("--rate-limit", options.rate_limits,
                  "CLASS=COUNT/SECONDS[+BURST] for each account or address block, all.CLASS=… "
                  "for everybody without a session; off: no limits")
      ->envname("MOTCUA_RATE_LIMIT");
  command
      .add_option("--officer-threads", options.officer_threads,
                  "Of the handler threads, those kept for officers who are signed in")
      ->check(CLI::Range(0U, 255U))
      ->capture_default_str();
  command.add_flag("--list-routes", options.list_routes,
                   "Print method, path, operation and rate class of every route, and end");
  command.add_option("--setup-agency", options.setup_agency, "Agency of the first administrator")
      ->capture_default_str();
  command.add_option("--handler-threads", options.handler_threads, "Requests worked on at once")
      ->check(CLI::Range(2U, 256U))
      ->capture_default_str();
  command
      .add_option("--store", options.store,
                  "postgres://… of the store; without it SQLite in the data folder")
      ->envname("MOTCUA_STORE");
  command
      .add_option("--store-connections", options.store_connections,
                  "Connections to PostgreSQL at most")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  CLI::Option* files =
      command.add_option("--files", options.files,
                         "s3://BUCKET[/PREFIX]?endpoint=URL[&region=NAME] of the papers; without "
                         "it they are in the data folder");
  CLI::Option* s3_credentials = command.add_option(
      "--s3-credentials", options.s3_credentials, "File with the key id and, below it, the secret");
  files->needs(s3_credentials);
  s3_credentials->needs(files);
  command
      .add_option("--journal-name", options.journal_name,
                  "Name of the journal, for a key that has to be made, e.g. "
                  "motcua.nghean.gov.vn/H41")
      ->capture_default_str();
  command.add_option("--sign-in-profile", options.sign_in_profile,
                     "Profile of data/policy/sign-in.yaml; without it the one that it names");
  command
      .add_option("--seal-interval", options.seal_interval,
                  "Seconds between signed heads of the journal")
      ->check(CLI::Range(1U, 86'400U))
      ->capture_default_str();
  CLI::Option* url = command.add_option("--timestamp-url", options.timestamp_url,
                                        "RFC 3161 authority that stamps the journal's heads");
  CLI::Option* ca = command.add_option("--timestamp-ca", options.timestamp_ca,
                                       "PEM file of the certificates that vouch for it");
  url->needs(ca);
  command
      .add_option("--timestamp-interval", options.timestamp_interval, "Seconds between time-stamps")
      ->check(CLI::Range(1U, 86'400U))
      ->capture_default_str();
  command
      .add_option("--file-grace", options.clearing.grace_hours,
                  "Hours that a file which nothing names is kept")
      ->check(CLI::Range(1U, 8760U))
      ->capture_default_str();
  command.add_option("--metrics-listen", options.metrics_listen,
                     "HOST:PORT of GET /metrics for Prometheus, e.g. 127.0.0.1:9464; not for the "
                     "outside");
  command.add_option("--identity-providers", options.identity_providers,
                     "YAML file of the OpenID providers people may sign in by");
  command
      .add_option("--clamd", options.clamd,
                  "ClamAV that scans every upload before it is released: path of its socket or "
                  "HOST:PORT")
      ->envname("MOTCUA_CLAMD");
  command.add_flag("--erase-by-schedule", options.clearing.erase_by_schedule,
                   "Once a day erase what dossiers said whose retention is over");
  command.add_flag("--tls", options.tls,
                   "A reverse proxy speaks TLS for us: Secure cookies and HSTS");
  command.add_flag("-v,--verbose", options.verbose, "Log to stderr as well");
}

std::optional<Address> parse_address(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return std::nullopt;
  std::string host = text.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  const std::string digits = text.substr(colon + 1);
  if (digits.empty() || digits.size() > 5 ||
      digits.find_first_not_of("0123456789") != std::string::npos) {
    return std::nullopt;
  }
  const int port = std::stoi(digits);
  if (port > 65535) return std::nullopt;
  return Address{host, static_cast<std::uint16_t>(port)};
}

base::Outcome<std::vector<http::routes::RateRule>> rate_rules(
    const std::vector<std::string>& changes) {
  std::vector<http::routes::RateRule> rules = http::routes::default_rate_rules();
  for (const std::string& change : changes) {
    if (change == "off") {
      rules.clear();
    } else if (!http::routes::change_rule(rules, change)) {
      return base::fault(base::FaultCode::invalid,
                         "--rate-limit wants off, CLASS=COUNT/SECONDS[+BURST] or all.CLASS=…, "
                         "with a class of docs/formats/x-authz.md: " +
                             change);
    }
  }
  return rules;
}

}  // namespace cli
