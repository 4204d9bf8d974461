// bench_http.cpp - the whole server as its users meet it: start, filings, an officer's pages,
// memory.
//
// The load comes from this process, one epoll thread, on the same machine: what it costs is in the
// figures.
#include <iostream>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <unistd.h>

#include "base/random.h"
#include "child_server.h"
#include "cli/demo_people.h"
#include "figure.h"
#include "filing_bodies.h"
#include "http_call.h"
#include "http_load.h"
#include "raw_store.h"

namespace {

namespace fs = std::filesystem;
using bench::fixed;
using bench::grouped;

struct Settings {
  fs::path program;
  fs::path filled;  // a data folder made by bench_fill
  fs::path work = "build/bench-data/work";
  double seconds = 10;
  double warm_up = 2;
  std::size_t connections = 64;
  std::size_t bodies = 120'000;
  std::size_t reads = 2'000;
  bool mail = true;
  std::vector<std::string> server_options;
};

// ---------------------------------------------------------------- start

void measure_start(const Settings& settings, const fs::path& data, const std::string& store) {
  constexpr int kStarts = 7;
  bench::Durations health;
  bench::Durations page;
  bench::Durations list;
  bench::Memory idle;
  for (int i = 0; i < kStarts; ++i) {
    const bench::ChildServer server(settings.program, data);
    bench::HttpCaller caller(server.port());
    const auto ask = [&](const char* target, bench::Durations& durations) {
      const bench::HttpAnswer answer = caller.call("GET", target);
      durations.add(bench::Stopwatch::now() - server.born());
      if (answer.status != 200) {
        bench::note(std::string{target} + " answered " + std::to_string(answer.status));
      }
    };
    ask("/healthz", health);
    ask("/", page);
    ask("/api/v1/procedures", list);
    idle = server.memory();
  }
  const auto median = [](const bench::Durations& one) { return fixed(one.percentile(0.5), 0); };
  bench::print({.what = "Start to first answered request, " + store,
                .goal = "< 300 ms",
                .measured = median(health) + " ms /healthz, " + median(page) + " ms page, " +
                            median(list) + " ms procedure list (median of 7)"});
  bench::print({.what = "Resident memory after start, " + store,
                .goal = "< 100 MiB",
                .measured = idle.text()});
}

// ---------------------------------------------------------------- filings

std::vector<std::string> filing_requests(const Settings& settings) {
  const auto shipped = cli::find_shipped();
  if (!shipped) bench::give_up(shipped.error().message);
  const auto definitions = cli::read_definitions(*shipped);
  if (!definitions) bench::give_up(definitions.error().message);
  const auto organisation = cli::read_organisation(*shipped);
  if (!organisation) bench::give_up(organisation.error().message);
  base::SeededRandom random(42);
  std::vector<std::string> requests =
      bench::make_filing_bodies(*definitions, *organisation, settings.bodies,
                                settings.mail ? bench::WithMail::yes : bench::WithMail::no, 7);
  for (std::string& one : requests) {
    one = bench::request_bytes("POST", "/api/v1/dossiers",
                               {{"Idempotency-Key", base::random_hex(random, 16)}}, one);
  }
  return requests;
}

// The rows of the filings that the server wrote, written again without it.
bench::RawSpeed measure_raw_filings(const Settings& settings, const std::string& store) {
  const fs::path raw = settings.work / "raw";
  fs::remove_all(raw);
  fs::create_directories(raw);
  const auto filings = bench::read_filings(store, 20'000);
  if (filings.empty()) bench::give_up("no filing was accepted");
  std::size_t bytes = 0;
  std::size_t rows = 0;
  for (const bench::FilingRows& one : filings) {
    bytes += one.bytes();
    rows += one.rows.size();
  }
  const auto each = [&](std::size_t sum) {
    return static_cast<double>(sum) / static_cast<double>(filings.size());
  };
  const bench::RawSpeed alone = bench::insert_filings((raw / "motcua.db").string(), filings, 64);
  bench::print({.what = "Yardstick: the same rows (" + fixed(each(rows), 1) + " and " +
                        grouped(each(bytes)) +
                        " bytes a filing) into SQLite alone, 64 filings a transaction",
                .goal = "",
                .measured = grouped(alone.per_second) + "/s"});
  return alone;
}

void measure_filings(const Settings& settings) {
  const std::vector<std::string> requests = filing_requests(settings);
  bench::note("a filing's request has " + std::to_string(requests.front().size()) + " bytes");
  const fs::path data = settings.work / "filings";
  fs::remove_all(data);
  bench::LoadResult load;
  bench::ChildServer::Processor processor;
  bench::Memory memory;
  {
    const bench::ChildServer server(settings.program, data, settings.server_options);
    load = bench::run_load({.port = server.port(),
                            .connections = settings.connections,
                            .warm_up_seconds = settings.warm_up,
                            .seconds = settings.seconds,
                            .request = [&](std::size_t n) -> std::string_view {
                              if (n >= requests.size()) bench::give_up("too few --bodies");
                              return requests[n];
                            }},
                           201);
    processor = server.processor_seconds();
    memory = server.memory();
  }
  const auto sent = static_cast<double>(load.sent);
  const std::string kind = settings.mail ? ", each told by mail" : ", no mail";
  const bench::RawSpeed alone = measure_raw_filings(settings, (data / "motcua.db").string());
  bench::print({.what = "Filing over HTTP, validated and durable, " +
                        std::to_string(settings.connections) + " connections" + kind,
                .goal = ">= 5,000/s, p99 < 50 ms",
                .measured = grouped(load.per_second()) + "/s, " + load.durations.text() + " (" +
                            load.status_text() + ")",
                .ratio = fixed(load.per_second() / alone.per_second, 2) + " of raw SQLite"});
  // Tells more than the speed does when the machine has other work.
  bench::print({.what = "Processor time of one filing" + kind,
                .goal = "",
                .measured = "server " + fixed(processor.all * 1e6 / sent, 0) +
                            " us, of which its busiest " + "thread (the store's writer) " +
                            fixed(processor.busiest * 1e6 / sent, 0) + " us; SQLite alone " +
                            fixed(alone.processor_microseconds, 0) + " us"});
  bench::print({.what = "Resident memory after " + grouped(sent) + " filings",
                .goal = "< 300 MiB",
                .measured = memory.text()});
}

// ---------------------------------------------------------------- an officer's pages

std::string sign_in(std::uint16_t port, const std::string& username) {
  bench::HttpCaller caller(port);
  const std::string body =
      base::to_text(base::json::object{{"username", username}, {"password", cli::kDemoPassword}});
  const bench::HttpAnswer answer = caller.call("POST", "/api/v1/session", {}, body);
  const std::string cookie = answer.header("set-cookie");
  if (answer.status != 200) bench::give_up(username + " cannot sign in: " + answer.body);
  return cookie.substr(0, cookie.find(';'));
}

struct Page {
  std::string what;
  std::string goal;
  std::vector<std::string> targets;
  const bench::Durations& bare;
};

void measure_page(const Settings& settings, const bench::ChildServer& server,
                  const std::string& cookie, const Page& page) {
  std::vector<std::string> requests;
  for (const std::string& target : page.targets) {
    requests.push_back(bench::request_bytes("GET", target, {{"Cookie", cookie}}, {}));
  }
  const auto request = [&](std::size_t n) -> std::string_view {
    return requests[n % requests.size()];
  };
  const bench::LoadResult alone = bench::run_load(
      {.port = server.port(), .connections = 1, .requests = 500, .request = request}, 200);
  const bench::LoadResult load = bench::run_load(
      {.port = server.port(), .connections = 8, .requests = settings.reads, .request = request},
      200);
  bench::print(
      {.what = page.what,
       .goal = page.goal,
       .measured = load.durations.text() + ", " + grouped(load.per_second()) +
                   "/s over 8 connections (" + load.status_text() + "); one at a time " +
                   alone.durations.text(),
       .ratio =
           fixed(alone.durations.percentile(0.5) / std::max(page.bare.percentile(0.5), 0.001), 1) +
           " times the bare look-up, p50 " + fixed(page.bare.percentile(0.5), 3) + " ms"});
}

std::string encoded(const std::string& text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
      out += c;
    } else {
      out += '%';
      out += kDigits[byte >> 4U];
      out += kDigits[byte & 15U];
    }
  }
  return out;
}

// The bare look-up searches for what the product folds a name to.
std::vector<std::string> match_texts(const std::vector<std::string>& folded) {
  std::vector<std::string> matches;
  for (const std::string& name : folded) {
    std::string match = "\"";
    for (const char c : name) match += c == ' ' ? std::string{"\"* \""} : std::string{c};
    matches.push_back(match + "\"*");
  }
  return matches;
}

void measure_pages(const Settings& settings) {
  const std::string store = (settings.filled / "motcua.db").string();
  std::vector<std::string> ids;
  std::vector<std::string> names;
  std::vector<std::string> folded;
  std::string dossiers;
  std::string tasks;
  {
    bench::RawDatabase database(store);
    ids = database.texts("SELECT id FROM dossier WHERE agency = 'H41.101' ORDER BY id LIMIT 2000");
    names = database.texts(
        "SELECT applicant FROM dossier WHERE agency = 'H41.101' "
        "ORDER BY id LIMIT 500");
    folded = database.texts(
        "SELECT applicant_folded FROM dossier WHERE agency = 'H41.101' "
        "ORDER BY id LIMIT 500");
    dossiers = grouped(std::stod(database.texts("SELECT count(*) FROM dossier").front()));
    tasks = grouped(
        std::stod(database.texts("SELECT count(*) FROM task WHERE agency = 'H41.101'").front()));
    // Messages of the invented season are no part of what is measured.
    database.run("UPDATE outbox SET done_at = due_at WHERE done_at IS NULL");
  }
  if (ids.empty()) bench::give_up(store + " has no dossiers of H41.101");
  const bench::BareReads bare =
      bench::time_bare_reads(store, "H41.101", match_texts(folded), ids, settings.reads);
  measure_start(settings, settings.filled, dossiers + " dossiers");

  const bench::ChildServer server(settings.program, settings.filled);
  const std::string cookie = sign_in(server.port(), "hotich.thanhvinh");
  std::vector<std::string> dossier_pages;
  for (const std::string& id : ids) dossier_pages.push_back("/api/v1/dossiers/" + id);
  std::vector<std::string> searches;
  for (const std::string& name : names) {
    searches.push_back("/api/v1/dossiers?limit=25&q=" + encoded(name));
  }
  measure_page(settings, server, cookie,
               {.what = "Inbox page of 25, " + dossiers + " dossiers, " + tasks +
                        " tasks open at the agency",
                .goal = "p99 < 10 ms",
                .targets = {"/api/v1/inbox?limit=25"},
                .bare = bare.inbox});
  measure_page(settings, server, cookie,
               {.what = "Search by name, page of 25, " + dossiers + " dossiers",
                .goal = "p99 < 50 ms",
                .targets = searches,
                .bare = bare.search});
  measure_page(settings, server, cookie,
               {.what = "Dossier page, " + dossiers + " dossiers",
                .goal = "",
                .targets = dossier_pages,
                .bare = bare.dossier});
  const bench::Memory memory = server.memory();
  bench::print({.what = "Resident memory after these reads, " + dossiers + " dossiers",
                .goal = "< 300 MiB",
                .measured = memory.text()});
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program{"Measures `motcua serve` over HTTP"};
  Settings settings;
  bool no_mail = false;
  bool only_filings = false;
  bool only_pages = false;
  program.add_option("--motcua", settings.program, "The program; beside this one if not given");
  program.add_option("--filled", settings.filled, "Data folder made by bench_fill");
  program.add_option("--work", settings.work, "Folder for stores made here; emptied")
      ->capture_default_str();
  program.add_option("--seconds", settings.seconds)->capture_default_str();
  program.add_option("--warm-up", settings.warm_up)->capture_default_str();
  program.add_option("--connections", settings.connections)->capture_default_str();
  program.add_option("--bodies", settings.bodies, "Filings made ready")->capture_default_str();
  program.add_option("--reads", settings.reads)->capture_default_str();
  program.add_option("--serve", settings.server_options, "Further options of `motcua serve`");
  program.add_flag("--no-mail", no_mail, "Applicants without an e-mail address");
  program.add_flag("--only-filings", only_filings);
  program.add_flag("--only-pages", only_pages);
  CLI11_PARSE(program, argc, argv);
  settings.mail = !no_mail;
  if (settings.program.empty()) {
    settings.program = fs::read_symlink("/proc/self/exe").parent_path().parent_path() / "motcua";
  }
  fs::create_directories(settings.work);
  if (!only_filings && !only_pages) {
    fs::remove_all(settings.work / "empty");
    measure_start(settings, settings.work / "empty", "empty store");
  }
  if (!only_pages) measure_filings(settings);
  if (!only_filings && !settings.filled.empty()) measure_pages(settings);
  return 0;
}
