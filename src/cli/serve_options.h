#pragma once
// serve_options.h - the words of motcua serve.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/chores.h"
#include "cli/compose.h"
#include "http/routes/admission.h"

namespace cli {

struct ServeOptions {
  std::string data = "motcua-data";
  std::string listen = "127.0.0.1:8080";
  std::string public_url;
  std::string smtp;
  std::string mail_from;
  std::string smtp_password_file;
  std::vector<std::string> trusted_proxies;
  std::vector<std::string> rate_limits;
  unsigned officer_threads = 8;
  bool list_routes = false;
  std::string setup_agency = kTenant;
  std::string store;
  int store_connections = 8;
  std::string files;
  std::string s3_credentials;
  std::string journal_name = OfficeOptions{}.journal_name;
  std::string sign_in_profile;
  unsigned seal_interval = 10;
  std::string timestamp_url;
  std::string timestamp_ca;
  unsigned timestamp_interval = 3600;
  unsigned handler_threads = 32;
  std::string metrics_listen;
  std::string identity_providers;
  std::string clamd;
  ClearingUp clearing;
  bool tls = false;
  bool verbose = false;
};

void add_serve_options(CLI::App& command, ServeOptions& options);

struct Address {
  std::string host;
  std::uint16_t port = 0;
};
// "HOST:PORT", "[::1]:PORT".
[[nodiscard]] std::optional<Address> parse_address(const std::string& text);

// The rules that come with the program, changed as --rate-limit says.
[[nodiscard]] base::Outcome<std::vector<http::routes::RateRule>> rate_rules(
    const std::vector<std::string>& changes);

}  // namespace cli
