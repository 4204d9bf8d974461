// bench_store.cpp - what a store of that size costs: commands committed a second beside a bare
// yardstick, pages read through the use cases, leaves and proofs of the journal, bytes a dossier.
//
// Everything in one process, without HTTP: bench_http measures that.
#include <atomic>
#include <filesystem>
#include <thread>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include "casework/journal_record.h"
#include "casework/lists.h"
#include "casework/sealing.h"
#include "casework/test_commits.h"
#include "casework/view.h"
#include "cli/compose.h"
#include "cli/demo_people.h"
#include "figure.h"
#include "journal/compact_range.h"
#include "journal/tree.h"
#include "raw_store.h"
#include "storage/postgres/postgres_store.h"
#include "storage/sqlite/sqlite_store.h"

namespace {

namespace fs = std::filesystem;
using bench::Durations;
using bench::Stopwatch;

// A filing's commit as the use cases make it, by size and rows: three events, 3 KB of state.
casework::Commit filing(const std::string& id) {
  casework::Commit commit = storage::contract::new_dossier(id, "bench/260820");
  commit.at = commit.row.filed_at = calendar::SystemClock{}.now();
  commit.events[0].payload = R"({"answers":")" + std::string(1500, 'a') + R"("})";
  commit.events[1].payload = R"({"moves":")" + std::string(400, 'b') + R"("})";
  commit.state =
      R"({"code":")" + commit.row.code + R"(","rest":")" + std::string(2800, 's') + R"("})";
  commit.outbox = {{.kind = "mail", .payload = R"({"template":"filed"})", .effect = id + "/1"}};
  return commit;
}

struct Committing {
  double per_second = 0;
  Durations each{};
};

Committing commit_filings(casework::Store& store, const std::string& prefix, unsigned threads,
                          double seconds) {
  std::vector<Durations> each(threads);
  std::atomic<std::int64_t> done{0};
  const auto start = Stopwatch::now();
  {
    std::vector<std::jthread> workers;
    for (unsigned t = 0; t < threads; ++t) {
      workers.emplace_back([&, t] {
        for (int i = 0; bench::seconds_since(start) < seconds; ++i) {
          const casework::Commit one = filing(prefix + std::to_string(t) + "-" + std::to_string(i));
          const auto begun = Stopwatch::now();
          const auto committed = store.commit(one);
          if (!committed) bench::give_up(committed.error().fault.message);
          each[t].add(Stopwatch::now() - begun);
          ++done;
        }
      });
    }
  }
  Committing result{.per_second = static_cast<double>(done) / bench::seconds_since(start)};
  for (const Durations& one : each) result.each.add_all(one);
  return result;
}

void print_commits(const std::string& engine, const std::string& size, const Committing& measured,
                   const std::string& ratio) {
  bench::print({.what = "Commits of a filing (3 rows of the journal's tables, 7 others), " +
                        engine + ", 64 threads, " + size,
                .goal = engine == "SQLite" ? ">= 0.5 of the rows alone, 10,000/s" : ">= 0.7",
                .measured = bench::grouped(measured.per_second) + "/s, " + measured.each.text(),
                .ratio = ratio});
}

void sqlite_commits(const std::string& folder, const std::string& size, double seconds) {
  const std::string file = folder + "/motcua.db";
  const auto store = storage::sqlite::open_store(file, cli::kTenant);
  if (!store) bench::give_up(store.error().message);
  const std::string prefix =
      "bench" + std::to_string(Stopwatch::now().time_since_epoch().count()) + "-";
  const Committing measured = commit_filings(**store, prefix, 64, seconds);
  std::string ratio;
  if (size == "empty store") {
    const auto rows = bench::read_filings(file, 20'000);
    const fs::path raw = folder + "-raw.db";
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(raw.string() + end);
    const bench::RawSpeed alone = bench::insert_filings(raw.string(), rows, 64);
    ratio = bench::fixed(measured.per_second / alone.per_second, 2) +
            " of the rows alone in SQLite (" + bench::grouped(alone.per_second) + "/s)";
  }
  print_commits("SQLite", size, measured, ratio);
}

template <class Work>
Durations timed(int count, Work work) {
  Durations durations;
  for (int i = 0; i < count; ++i) {
    const auto start = Stopwatch::now();
    work(i);
    durations.add(Stopwatch::now() - start);
  }
  return durations;
}

void must(bool done, const char* what) {
  if (!done) bench::give_up(what);
}

// Pages by the use cases, one after the other: what one officer waits for, without HTTP.
void pages(casework::Workplace& workplace, const std::string& engine, const std::string& size) {
  const auto officers = cli::demo_officers();
  const party::Officer* reception = nullptr;
  for (const auto& form : officers) {
    if (form.officer.has_role(party::Role::reception) &&
        form.officer.agency.text() == "H41.101.01") {
      reception = &form.officer;
    }
  }
  if (reception == nullptr) bench::give_up("nobody receives");
  casework::SearchQuery recent;
  recent.now = workplace.clock.now();
  recent.limit = 200;
  recent.agency_prefix = "H41.101";
  const auto some = workplace.store.search(recent);
  must(some.has_value() && !some->rows.empty(), "there are dossiers");
  const auto inbox = timed(300, [&](int) {
    must(casework::inbox_json(workplace, *reception, {}).has_value(), "inbox");
  });
  bench::print({.what = "Inbox page of 25, " + engine + ", " + size,
                .goal = "p99 < 10 ms",
                .measured = inbox.text()});
  const auto dossier = timed(300, [&](int i) {
    const auto& row = some->rows[static_cast<std::size_t>(i) % some->rows.size()];
    const auto open = casework::open_dossier(workplace, row.id);
    must(open && casework::dossier_json(workplace, *open, *reception).has_value(), "dossier");
  });
  bench::print(
      {.what = "Dossier page, " + engine + ", " + size, .goal = "", .measured = dossier.text()});
  const auto search = timed(200, [&](int i) {
    casework::SearchRequest asked;
    asked.q = some->rows[static_cast<std::size_t>(i) % some->rows.size()].applicant;
    must(casework::search_json(workplace, *reception, asked).has_value(), "search");
  });
  bench::print({.what = "Search by a full name, " + engine + ", " + size,
                .goal = "p99 < 50 ms",
                .measured = search.text()});
  const auto frequent = timed(60, [&](int) {
    casework::SearchRequest asked;
    asked.q = "nguyen";
    must(casework::search_json(workplace, *reception, asked).has_value(), "search");
  });
  bench::print({.what = "Search by the most frequent word (\"nguyen\"), " + engine + ", " + size,
                .goal = "p99 < 50 ms",
                .measured = frequent.text()});
}

void journal_figures(casework::Store& store, const std::string& size) {
  journal::CompactRange range;
  journal::Hash leaf{};
  const double append = bench::nanoseconds_each([&](std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
      leaf[0] = static_cast<std::byte>(i);
      range.append(leaf);
    }
  });
  const double both = bench::nanoseconds_each([&](std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) bench::keep(journal::hash_node(leaf, leaf));
  });
  bench::print({.what = "Leaves appended to a tree in memory",
                .goal = "",
                .measured = bench::grouped(1e9 / append) + "/s",
                .ratio = bench::fixed(append / both, 1) + " times one hash of two hashes"});
  const auto leaves = store.journal_size();
  must(leaves.has_value() && *leaves > 0, "there are leaves");
  auto start = Stopwatch::now();
  // The same at every run: the heads of the run before are this key's.
  base::SeededRandom random(1);
  journal::SigningKey key = journal::SigningKey::generate("bench/H41", random);
  casework::Sealing sealing(store, cli::kTenant, std::move(key));
  const auto last = store.last_head();
  const auto head = sealing.seal(calendar::SystemClock{}.now());
  if (!head) bench::give_up(head.error().message);
  const double sealed = bench::seconds_since(start);
  const std::int64_t before = last && last->has_value() ? (*last)->size : 0;
  if (head->has_value()) {
    bench::print({.what = "Signing a head over " +
                          bench::grouped(static_cast<double>((*head)->size - before)) +
                          " new leaves, " + size,
                  .goal = "",
                  .measured = bench::fixed(sealed, 2) + " s"});
  }
  const auto signed_head = store.last_head();
  must(signed_head && signed_head->has_value(), "a head is signed");
  journal::StoredTree tree(casework::tree_source(store));
  const std::int64_t covered = (*signed_head)->size;
  must(tree.inclusion_proof(0, covered).has_value(), "the first proof");
  const auto proofs = timed(2000, [&](int) {
    const auto index = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(covered)));
    must(tree.inclusion_proof(index, covered).has_value(), "a proof");
  });
  bench::print({.what = "Inclusion proof of a random leaf from the store, " + size,
                .goal = "",
                .measured = proofs.text()});
  start = Stopwatch::now();
  std::int64_t records = 0;
  std::int64_t bad = 0;
  must(store
           .each_record([&](const casework::JournalRecord& record) {
             ++records;
             const auto hash = journal::leaf_hash(casework::leaf_of(cli::kTenant, record));
             if (record.leaf_hash != casework::bytes_of(hash)) ++bad;
             return true;
           })
           .has_value(),
       "all records");
  must(bad == 0, "every record is what its leaf says");
  bench::print(
      {.what = "Records read and held against their leaves, " + size,
       .goal = "200,000/s",
       .measured =
           bench::grouped(static_cast<double>(records) / bench::seconds_since(start)) + "/s"});
}

struct Options {
  std::string work;
  std::string filled;
  std::string postgres;
  double seconds = 5;
};

void postgres_commits(const std::string& url, double seconds) {
  const auto store = storage::postgres::open_store(url, cli::kTenant, {.connections = 16});
  if (!store) bench::give_up(store.error().message);
  const std::string prefix =
      "bench" + std::to_string(Stopwatch::now().time_since_epoch().count()) + "-";
  const auto count = (*store)->dossier_count();
  const Committing measured = commit_filings(**store, prefix, 64, seconds);
  print_commits("PostgreSQL", bench::grouped(static_cast<double>(count ? *count : 0)) + " dossiers",
                measured, "");
}

void run(const Options& options) {
  fs::remove_all(options.work);
  fs::create_directories(options.work);
  if (options.postgres.empty()) {
    sqlite_commits(options.work, "empty store", options.seconds);
  } else if (options.filled.empty()) {
    postgres_commits(options.postgres, options.seconds);
  }
  if (options.filled.empty()) return;
  const auto shipped = cli::find_shipped();
  if (!shipped) bench::give_up(shipped.error().message);
  const auto folder = cli::DataFolder::open(options.filled);
  if (!folder) bench::give_up(folder.error().message);
  calendar::SystemClock clock;
  const auto start = Stopwatch::now();
  const auto office =
      cli::Office::open(*folder, *shipped, clock,
                        {.public_url = "http://127.0.0.1:8080", .store_url = options.postgres});
  if (!office) bench::give_up(office.error().message);
  const double opened = bench::seconds_since(start);
  casework::Workplace& workplace = (*office)->workplace();
  const auto count = workplace.store.dossier_count();
  const auto leaves = workplace.store.journal_size();
  must(count && leaves, "the store can be read");
  const std::string size = bench::grouped(static_cast<double>(*count)) + " dossiers, " +
                           bench::grouped(static_cast<double>(*leaves)) + " leaves";
  const std::string engine = options.postgres.empty() ? "SQLite" : "PostgreSQL";
  bench::print({.what = "Opening the store, " + engine + ", " + size,
                .goal = "",
                .measured = bench::fixed(opened * 1000, 0) + " ms"});
  if (options.postgres.empty()) {
    const auto bytes = static_cast<double>(fs::file_size(options.filled + "/motcua.db"));
    bench::print({.what = "Bytes of the store, " + size,
                  .goal = "",
                  .measured = bench::fixed(bytes / 1e9, 2) + " GB, " +
                              bench::grouped(bytes / static_cast<double>(*count)) + " a dossier"});
  }
  pages(workplace, engine, size);
  journal_figures(workplace.store, size);
  if (options.postgres.empty()) {
    sqlite_commits(options.filled, size, options.seconds);
  } else {
    postgres_commits(options.postgres, options.seconds);
  }
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program{"Commits, pages and journal of one store"};
  Options options;
  program.add_option("--work", options.work, "Folder for an empty store; emptied first")
      ->required();
  program.add_option("--filled", options.filled, "Data folder of a filled store; changed a little");
  program.add_option("--postgres", options.postgres, "postgres://… instead of SQLite");
  program.add_option("--seconds", options.seconds)->capture_default_str();
  CLI11_PARSE(program, argc, argv);
  run(options);
  return 0;
}
