// serve.cpp - motcua serve: the web faces and the REST interface over one data folder.
#include <csignal>
#include <iostream>
#include <thread>

#include "base/sha256.h"
#include "casework/competence_book.h"
#include "casework/drafts.h"
#include "casework/garbage.h"
#include "casework/officer_watch.h"
#include "casework/organisation_changes.h"
#include "casework/organisation_register.h"
#include "casework/retention.h"
#include "casework/sweep.h"
#include "cli/compose.h"
#include "cli/coverage_service.h"
#include "cli/demo_people.h"
#include "cli/file_commands.h"
#include "cli/identity_providers.h"
#include "cli/log_file.h"
#include "cli/manners.h"
#include "cli/subcommand.h"
#include "connect/coverage_mail.h"
#include "connect/file_mailer.h"
#include "connect/inbound_delivery.h"
#include "connect/mail_delivery.h"
#include "connect/message_texts.h"
#include "connect/outbox_runner.h"
#include "connect/provider_web.h"
#include "connect/smtp_mailer.h"
#include "connect/timestamp_authority.h"
#include "http/routes/admission.h"
#include "http/routes/api.h"
#include "http/routes/coverage_routes.h"
#include "http/server.h"
#include "http/static_files.h"
#include "identity/setup_token.h"
#include "insight/alarm.h"

namespace cli {

namespace {

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
  unsigned garbage_grace_hours = 24;
  std::string metrics_listen;
  std::string identity_providers;
  std::string clamd;
  bool erase_by_schedule = false;
  bool tls = false;
  bool verbose = false;
};

struct Address {
  std::string host;
  std::uint16_t port = 0;
};

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

// Signals are taken by one thread with sigwait; everybody else has them blocked.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

base::Outcome<http::StaticFiles> load_pages(const Shipped& shipped) {
  std::vector<http::Mount> mounts;
  std::error_code error;
  if (std::filesystem::is_directory(shipped.web / "portal", error)) {
    mounts.push_back({.prefix = "/", .folder = shipped.web / "portal", .index = "index.html"});
  }
  if (std::filesystem::is_directory(shipped.web / "desk", error)) {
    mounts.push_back({.prefix = "/desk", .folder = shipped.web / "desk", .index = "index.html"});
  }
  return http::StaticFiles::load(mounts);
}

std::unique_ptr<connectors::Mailer> make_mailer(const ServeOptions& options,
                                                const DataFolder& folder) {
  if (options.smtp.empty()) return std::make_unique<connectors::FileMailer>(folder.mail());
  connectors::SmtpOptions smtp;
  smtp.url = options.smtp;
  if (!options.smtp_password_file.empty()) {
    // "user:password" on the first line, so that neither stands on the command line.
    if (const auto text = read_text(options.smtp_password_file)) {
      const std::string line = text->substr(0, text->find('\n'));
      const std::size_t colon = line.find(':');
      if (colon != std::string::npos) {
        smtp.user = line.substr(0, colon);
        smtp.password = line.substr(colon + 1);
      }
    }
  }
  return std::make_unique<connectors::SmtpMailer>(smtp);
}

// Raises what is due: at once when the server starts, then when the next moment comes.
void let_time_pass(Office& office, LogFile& log, const std::stop_token& stop) {
  constexpr std::chrono::seconds kLongest{30};
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  if (office.workplace().calendars.shipped_changed()) {
    const auto looked = casework::look_again(office.workplace(), "");
    if (!looked) log.error("time: " + looked.error().detail.en, "");
  }
  while (!stop.stop_requested()) {
    const auto done = casework::sweep(office.workplace());
    if (!done) {
      log.error("time: " + done.error().detail.en, "");
    } else if (done->warnings + done->apologies + done->overdue + done->silences + done->reminders >
               0) {
      log.info("time: " + std::to_string(done->warnings) + " warnings, " +
               std::to_string(done->apologies) + " apologies drafted, " +
               std::to_string(done->overdue) + " due dates passed, " +
               std::to_string(done->silences) + " silences, " + std::to_string(done->reminders) +
               " reminders");
    }
    if (done && done->more) continue;
    auto pause = std::chrono::duration_cast<std::chrono::milliseconds>(kLongest);
    const auto next = office.workplace().store.next_wake_at();
    if (done && next && next->has_value()) {
      pause = std::clamp(**next - office.workplace().clock.now(), std::chrono::milliseconds{100},
                         pause);
    }
    wake.wait_for(lock, stop, pause, [] { return false; });
  }
}

// Told to administrators on the page of officers, with the day.
void disable_unused(Office& office, LogFile& log) {
  const auto disabled = office.accounts().disable_unused();
  if (!disabled) return log.error("accounts: " + disabled.error().message, "");
  for (const std::string& username : *disabled) {
    log.info("accounts: " + username + " was not used for " +
             std::to_string(office.accounts().policy().unused_days) + " days and is disabled");
  }
}

void erase_by_schedule(Office& office, LogFile& log) {
  constexpr std::size_t kAtOnce = 1000;
  const auto due = casework::due_erasures(office.workplace(), kAtOnce);
  if (!due) return log.error("retention: " + due.error().detail.en, "");
  if (due->empty()) return;
  const auto erased = casework::erase_due(office.workplace(), *due);
  if (!erased) return log.error("retention: " + erased.error().detail.en, "");
  log.info("retention: " + std::to_string(*erased) + " dossiers erased");
}

// Signs the journal's head at intervals, and once at the end.
void seal_journal(Office& office, LogFile& log, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  casework::Workplace& workplace = office.workplace();
  for (bool last = false; !last;) {
    last = wake.wait_for(lock, stop, workplace.journal.seal_interval, [] { return false; }) ||
           stop.stop_requested();
    // Readings that a full disk has kept waiting.
    const auto flushed = workplace.accesses->flush(workplace.store);
    if (!flushed) {
      log.error("journal: " + std::to_string(workplace.accesses->waiting()) +
                    " readings wait to be recorded: " + flushed.error().message,
                "");
    }
    const auto sealed = office.sealing().seal(workplace.clock.now());
    if (!sealed) log.error("journal: " + sealed.error().message, "");
  }
}

// Has the newest head stamped at intervals; beside the sealing, which an authority that hangs must
// not hold up.  One that fails is asked again after longer and longer pauses.
void stamp_heads(casework::Store& store, const connectors::TimestampAuthority& authority,
                 std::chrono::seconds interval, LogFile& log, const std::stop_token& stop) {
  constexpr std::chrono::seconds kSoon{5};
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  std::chrono::seconds after_failure = kSoon;
  for (std::chrono::seconds pause = kSoon; !stop.stop_requested();) {
    wake.wait_for(lock, stop, pause, [] { return false; });
    if (stop.stop_requested()) return;
    pause = kSoon;
    const auto head = store.last_head();
    if (!head || !head->has_value() || !(*head)->timestamp.empty()) continue;
    const auto token = authority.stamp((*head)->checkpoint);
    const auto saved = token ? store.save_timestamp((*head)->size, *token)
                             : base::Outcome<base::Done>{base::Failure{token.error()}};
    if (saved) {
      after_failure = kSoon;
      pause = interval;
      continue;
    }
    log.error("journal: no time-stamp: " + saved.error().message, "");
    pause = after_failure;
    after_failure = std::min(after_failure * 2, std::max(interval, kSoon));
  }
}

// What went well goes without saying, but for what may have been done twice.
void log_delivery(LogFile& log, const connectors::DeliveryReport& report) {
  const std::string row = "outbox row " + std::to_string(report.row) + " (" + report.kind + ")";
  if (report.in_doubt) {
    log.error(row +
                  ": the attempt before ended nobody knows how; this one is marked as a possible "
                  "repetition",
              "");
  }
  if (report.state == connectors::DeliveryState::done) return;
  log.error(row +
                (report.state == connectors::DeliveryState::set_aside
                     ? " is set aside for the administrator after attempt "
                     : ", attempt ") +
                std::to_string(report.attempt) + ": " + report.fault.message,
            "");
}

// What was done is kept for a month: whoever asks after a mail asks within days, and the rows hold
// addresses.
void purge_outbox(casework::Store& store, casework::Instant now) {
  constexpr std::chrono::days kKept{30};
  constexpr int kAtOnce = 1000;
  while (store.outbox_purge(now - kKept, kAtOnce).value_or(0) == kAtOnce) {
  }
}

// Grants and delegations that another program recorded count here within two seconds, and what
// rested on a post ends with it.
void watch_authority(casework::Workplace& workplace, LogFile& log) {
  const auto fresh = workplace.authority->refresh(workplace.store);
  if (!fresh) return log.error("authority: " + fresh.error().message, "");
  const auto ended = casework::end_what_lost_its_post(workplace);
  if (!ended) return log.error("authority: " + ended.error().message, "");
  if (*ended > 0) {
    log.info("authority: " + std::to_string(*ended) + " ended with the post they rested on");
  }
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

base::Outcome<base::Done> serve(const ServeOptions& options, const Address& address) {
  const sigset_t signals = block_signals();
  const Shipped shipped = TRY(find_shipped());
  const DataFolder folder = TRY(DataFolder::open(options.data));
  const FolderHold alone = TRY(folder.hold());
  std::unique_ptr<LogFile> log = TRY(LogFile::open(folder.log(), options.verbose));
  calendar::SystemClock clock;

  http::Router router;
  const http::StaticFiles pages = TRY(load_pages(shipped));
  http::ServerOptions server_options;
  server_options.address = address.host;
  server_options.port = address.port;
  server_options.handler_threads = options.handler_threads;
  server_options.reserved_threads = options.officer_threads;
  server_options.upload_folder = folder.temporary();
  server_options.behind_tls = options.tls;
  server_options.trusted_proxies = options.trusted_proxies;
  server_options.on_request = [&log](const http::AccessRecord& one) {
    log->request(one.method, one.path, one.status, one.microseconds, one.trace_id);
  };
  server_options.on_error = [&log](std::string_view message, std::string_view trace_id) {
    log->error(message, trace_id);
  };
  const std::string origin =
      !options.public_url.empty() ? options.public_url : "http://" + options.listen;
  std::unique_ptr<Office> office =
      TRY(Office::open(folder, shipped, clock,
                       {.public_url = origin,
                        .store_connections = options.store_connections,
                        .store_url = options.store,
                        .files_url = options.files,
                        .s3_credentials = options.s3_credentials,
                        .journal_name = options.journal_name,
                        .seal_interval = std::chrono::seconds{options.seal_interval},
                        .sign_in_profile = options.sign_in_profile,
                        .open_to_strangers = true,
                        .clamd = options.clamd}));
  std::optional<connectors::TimestampAuthority> authority;
  if (!options.timestamp_url.empty()) {
    authority.emplace(options.timestamp_url, TRY(read_text(options.timestamp_ca)),
                      base::system_random());
  }
  CoverageService coverage(office->workplace(), *log);
  if (!options.metrics_listen.empty()) {
    const auto metrics = parse_address(options.metrics_listen);
    if (!metrics) {
      return base::fault(base::FaultCode::invalid, "--metrics-listen wants HOST:PORT");
    }
    TRY(coverage.show_metrics(metrics->host, metrics->port));
  }
  http::routes::AdmissionDesk admission(
      {.rules = TRY(rate_rules(options.rate_limits)),
       .public_url = options.public_url,
       .transport = options.tls ? identity::Transport::tls : identity::Transport::plain,
       .account_of =
           [&office](std::string_view token) {
             const auto who = office->accounts().find(token);
             return who.has_value() ? who->username : std::string{};
           },
       .opens_draft =
           [&office](const std::string& draft, std::string_view secret) {
             return office->workplace().secrets.opens_draft(draft, secret);
           },
       .is_office =
           [&office](std::string_view from) {
             return office->accounts().policy().is_office(from);
           }});
  server_options.admit = [&admission](const http::Request& request,
                                      const http::RouteOptions& route) {
    return admission.judge(request, route);
  };
  server_options.on_answer =
      [&admission](const http::Request& request, const http::RouteOptions& route,
                   const http::Response& response) { admission.learn(request, route, response); };
  connectors::ProviderWeb provider_web;
  std::optional<identity::Federation> federation;
  if (!options.identity_providers.empty()) {
    auto providers = TRY(load_identity_providers(options.identity_providers));
    federation.emplace(identity::Federation::Ports{
                           .store = office->workplace().store,
                           .clock = clock,
                           .random = base::system_random(),
                           .accounts = office->accounts(),
                           .officers = office->workplace().officers,
                           .web = provider_web,
                           .public_url = [&office] { return office->workplace().public_url; },
                           .log = [&log](const std::string& line) { log->info(line); }},
                       std::move(providers),
                       base::to_hex(base::hmac_sha256(folder.secret_key(), "sign-in attempts")));
  }
  http::routes::Api api{
      .workplace = office->workplace(),
      .accounts = office->accounts(),
      .transport = options.tls ? identity::Transport::tls : identity::Transport::plain,
      .setup_agency = options.setup_agency,
      .gate = &office->gate(),
      .catalogue = &office->catalogue(),
      .federation = federation.has_value() ? &*federation : nullptr};
  http::routes::add_routes(router, api);
  http::routes::add_coverage_routes(router, api, coverage.watch());
  if (options.list_routes) {
    for (const auto& route : router.routes()) {
      std::cout << http::to_text(route->method) << ' ' << route->pattern << ' '
                << route->options.operation_id << ' '
                << http::routes::rate_class_of(route->options.operation_id) << '\n';
    }
    return base::Done{};
  }
  router.set_fallback([pages](const http::Request& request) { return pages.serve(request); });

  const connectors::MessageTexts texts =
      TRY(connectors::load_message_texts(shipped.data / "messages"));
  const std::unique_ptr<connectors::Mailer> mailer = make_mailer(options, folder);
  connectors::MailSender sender;
  if (!options.mail_from.empty()) sender.address = options.mail_from;
  connectors::MailDelivery delivery(office->workplace(), texts, *mailer, sender);
  connectors::CoverageMail coverage_mail(office->workplace(), texts, *mailer, sender);
  connectors::InboundDelivery coverage_alarms(office->workplace().store, insight::kAlarmSource,
                                              coverage_mail);
  connectors::OutboxRunner outbox(
      office->workplace().store, office->workplace().clock,
      {{"mail", &delivery}, {coverage_alarms.kind(), &coverage_alarms}},
      [&log](const connectors::DeliveryReport& report) { log_delivery(*log, report); });

  http::Server server(server_options, std::move(router));
  TRY(server.listen());
  const std::string port = std::to_string(server.port());
  const std::string host =
      address.host.find(':') == std::string::npos ? address.host : "[" + address.host + "]";
  // Known only now where the system picked the port.
  if (options.public_url.empty()) {
    office->workplace().public_url = "http://" + host + ":" + port;
  }
  office->accounts().set_origin(office->workplace().public_url);
  outbox.start();
  std::cout << "Một Cửa " << MOTCUA_VERSION << " đang chạy tại http://" << host << ":" << port
            << "  (cán bộ: http://" << host << ":" << port << "/desk)\n";
  if (office->workplace().demo) std::cout << demo_accounts_text();
  if (office->accounts().setup_needed()) {
    const std::string secret = TRY(office->accounts().make_setup_secret());
    std::cout << "Tạo quản trị viên đầu tiên (dùng một lần, trong 24 giờ) / create the first "
                 "administrator (once, within 24 hours):\n  "
              << identity::setup_link("http://" + host + ":" + port, secret) << '\n';
  }
  std::cout.flush();
  log->info("serving on port " + port);

  std::thread signal_thread([&] {
    int signal = 0;
    sigwait(&signals, &signal);
    server.stop();
  });
  std::jthread publications([&](const std::stop_token& stop) {
    // What was published, here or by another program, and what takes effect with the new day.
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    std::string told;
    casework::OfficerWatch officers;
    while (!wake.wait_for(lock, stop, std::chrono::seconds{1}, [] { return false; }) &&
           !stop.stop_requested()) {
      casework::Workplace& workplace = office->workplace();
      // First: what is ended below may rest on the posts they say.
      if (std::chrono::steady_clock::now() >= officers.next()) {
        const auto seen = officers.refresh(workplace.store, workplace.officers);
        if (!seen) log->error("officers: " + seen.error().message, "");
      }
      watch_authority(workplace, *log);
      const auto fresh = workplace.publications.refresh(workplace.store);
      std::string trouble = fresh ? std::string{} : fresh.error().message;
      const auto competence = workplace.competence->refresh(workplace.store);
      if (!competence) trouble += "; " + competence.error().message;
      const auto changed = workplace.organisations->refresh(workplace.store);
      if (!changed) trouble += "; " + changed.error().message;
      if (changed && *changed) {
        log->info("organisation: version " +
                  std::to_string(workplace.organisations->state()->version) + " as of " +
                  calendar::to_iso(workplace.organisations->date_of_today()));
        const auto kept = casework::keep_accounts(workplace);
        if (!kept) trouble += "; " + kept.error().detail.en;
      }
      for (const std::string& one : workplace.publications.troubles()) trouble += "; " + one;
      if (!trouble.empty() && trouble != told) log->error("publications: " + trouble, "");
      told = trouble;
    }
  });
  std::jthread sweeper([&](const std::stop_token& stop) {
    // Drafts, sessions and uploads that have run out, files nobody names; once an hour is soon
    // enough.
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    int rounds = 0;
    do {
      casework::Store& store = office->workplace().store;
      const auto collected = casework::collect_garbage(
          office->workplace(), clock.now(), std::chrono::hours{options.garbage_grace_hours});
      if (!collected) {
        log->error("garbage: " + collected.error().message, "");
      } else if (collected->files > 0) {
        log->info("garbage: " + std::to_string(collected->files) + " files, " +
                  std::to_string(collected->bytes) + " bytes removed");
      }
      [[maybe_unused]] const auto drafts = store.delete_drafts_expired_at(clock.now());
      [[maybe_unused]] const auto entries = store.delete_entries_expired_at(clock.now());
      [[maybe_unused]] const auto sessions =
          store.delete_sessions_seen_before(clock.now() - std::chrono::hours{24});
      purge_outbox(store, clock.now());
      disable_unused(*office, *log);
      if (options.erase_by_schedule && rounds++ % 24 == 0) erase_by_schedule(*office, *log);
    } while (!wake.wait_for(lock, stop, std::chrono::hours{1}, [] { return false; }) &&
             !stop.stop_requested());
  });
  std::jthread time([&](const std::stop_token& stop) { let_time_pass(*office, *log, stop); });
  coverage.start();
  std::jthread judge([&](const std::stop_token& stop) { judge_files(*office, *log, stop); });
  std::jthread sealer([&](const std::stop_token& stop) { seal_journal(*office, *log, stop); });
  std::jthread stamper([&](const std::stop_token& stop) {
    if (!authority.has_value()) return;
    stamp_heads(office->workplace().store, *authority,
                std::chrono::seconds{options.timestamp_interval}, *log, stop);
  });
  server.run();
  // Ended otherwise than by a signal: wake the thread that waits for one.
  pthread_kill(signal_thread.native_handle(), SIGTERM);
  signal_thread.join();
  coverage.stop();
  time.request_stop();
  time.join();
  judge.request_stop();
  judge.join();
  outbox.stop();
  stamper.request_stop();
  // Last: what was committed until now gets its head.
  sealer.request_stop();
  sealer.join();
  if (const std::size_t lost = office->workplace().accesses->waiting(); lost > 0) {
    log->error("journal: " + std::to_string(lost) + " readings could not be recorded", "");
  }
  log->info("stopped");
  return base::Done{};
}

}  // namespace

void add_serve(CLI::App& program, int& status) {
  auto options = std::make_shared<ServeOptions>();
  CLI::App* command = program.add_subcommand("serve",
                                             "Serve the portal, the desk and the REST "
                                             "interface");
  command->add_option("--data", options->data, "Folder of the store; created if absent")
      ->capture_default_str();
  command->add_option("--listen", options->listen, "HOST:PORT; port 0 picks a free one")
      ->capture_default_str();
  command->add_option("--public-url", options->public_url,
                      "Address that receipts and mails name, e.g. https://motcua.example.vn");
  command->add_option("--smtp", options->smtp,
                      "Mail server, e.g. smtp://mail:25; without it mails go to DIR/mail");
  command->add_option("--smtp-login", options->smtp_password_file,
                      "File with user:password of the mail server");
  command->add_option("--mail-from", options->mail_from, "Sender address of mails");
  command->add_option("--trusted-proxy", options->trusted_proxies,
                      "Address or network (10.0.0.0/8) of a reverse proxy whose X-Forwarded-For "
                      "is believed");
  command
      ->add_option("--rate-limit", options->rate_limits,
                   "CLASS=COUNT/SECONDS[+BURST] for each account or address block, all.CLASS=… "
                   "for everybody without a session; off: no limits")
      ->envname("MOTCUA_RATE_LIMIT");
  command
      ->add_option("--officer-threads", options->officer_threads,
                   "Of the handler threads, those kept for officers who are signed in")
      ->check(CLI::Range(0U, 255U))
      ->capture_default_str();
  command->add_flag("--list-routes", options->list_routes,
                    "Print method, path, operation and rate class of every route, and end");
  command->add_option("--setup-agency", options->setup_agency, "Agency of the first administrator")
      ->capture_default_str();
  command->add_option("--handler-threads", options->handler_threads, "Requests worked on at once")
      ->check(CLI::Range(2U, 256U))
      ->capture_default_str();
  command
      ->add_option("--store", options->store,
                   "postgres://… of the store; without it SQLite in the data folder")
      ->envname("MOTCUA_STORE");
  command
      ->add_option("--store-connections", options->store_connections,
                   "Connections to PostgreSQL at most")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  CLI::Option* files =
      command->add_option("--files", options->files,
                          "s3://BUCKET[/PREFIX]?endpoint=URL[&region=NAME] of the papers; without "
                          "it they are in the data folder");
  CLI::Option* s3_credentials =
      command->add_option("--s3-credentials", options->s3_credentials,
                          "File with the key id and, below it, the secret");
  files->needs(s3_credentials);
  s3_credentials->needs(files);
  command
      ->add_option("--journal-name", options->journal_name,
                   "Name of the journal, for a key that has to be made, e.g. "
                   "motcua.nghean.gov.vn/H41")
      ->capture_default_str();
  command->add_option("--sign-in-profile", options->sign_in_profile,
                      "Profile of data/policy/sign-in.yaml; without it the one that it names");
  command
      ->add_option("--seal-interval", options->seal_interval,
                   "Seconds between signed heads of the journal")
      ->check(CLI::Range(1U, 86'400U))
      ->capture_default_str();
  CLI::Option* url = command->add_option("--timestamp-url", options->timestamp_url,
                                         "RFC 3161 authority that stamps the journal's heads");
  CLI::Option* ca = command->add_option("--timestamp-ca", options->timestamp_ca,
                                        "PEM file of the certificates that vouch for it");
  url->needs(ca);
  command
      ->add_option("--timestamp-interval", options->timestamp_interval,
                   "Seconds between time-stamps")
      ->check(CLI::Range(1U, 86'400U))
      ->capture_default_str();
  command
      ->add_option("--file-grace", options->garbage_grace_hours,
                   "Hours that a file which nothing names is kept")
      ->check(CLI::Range(1U, 8760U))
      ->capture_default_str();
  command->add_option("--metrics-listen", options->metrics_listen,
                      "HOST:PORT of GET /metrics for Prometheus, e.g. 127.0.0.1:9464; not for the "
                      "outside");
  command->add_option("--identity-providers", options->identity_providers,
                      "YAML file of the OpenID providers people may sign in by");
  command
      ->add_option("--clamd", options->clamd,
                   "ClamAV that scans every upload before it is released: path of its socket or "
                   "HOST:PORT")
      ->envname("MOTCUA_CLAMD");
  command->add_flag("--erase-by-schedule", options->erase_by_schedule,
                    "Once a day erase what dossiers said whose retention is over");
  command->add_flag("--tls", options->tls,
                    "A reverse proxy speaks TLS for us: Secure cookies and HSTS");
  command->add_flag("-v,--verbose", options->verbose, "Log to stderr as well");
  command->callback([options, &status] {
    const auto address = parse_address(options->listen);
    if (!address.has_value()) {
      status = report_usage("--listen wants HOST:PORT, e.g. 127.0.0.1:8080");
      return;
    }
    const auto served = serve(*options, *address);
    if (!served) status = report(served.error());
  });
}

}  // namespace cli
