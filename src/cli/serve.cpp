// serve.cpp - motcua serve: the web faces and the REST interface over one data folder.
#include <csignal>
#include <iostream>
#include <thread>

#include "base/sha256.h"
#include "cli/chores.h"
#include "cli/compose.h"
#include "cli/coverage_service.h"
#include "cli/demo_people.h"
#include "cli/file_commands.h"
#include "cli/identity_providers.h"
#include "cli/log_file.h"
#include "cli/manners.h"
#include "cli/serve_options.h"
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
  std::jthread follower([&](const std::stop_token& stop) { follow_changes(*office, *log, stop); });
  std::jthread sweeper(
      [&](const std::stop_token& stop) { clear_up(*office, clock, options.clearing, *log, stop); });
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
  add_serve_options(*command, *options);
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
