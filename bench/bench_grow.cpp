// bench_grow.cpp - a store of a million dossiers from one of a hundred thousand: every dossier is
// copied nine times with all its rows under new ids and codes, then the product gives the copies
// their leaves, as it does for a store of an earlier program.
//
// What is read and searched is as large as a province's; who it is about repeats itself.
#include <filesystem>
#include <map>

#include <CLI/CLI.hpp>

#include "cli/compose.h"
#include "figure.h"
#include "raw_store.h"
#include "storage/sqlite/sqlite_store.h"

namespace {

namespace fs = std::filesystem;

// What a column becomes in a copy: {n} is the copy's digit, {rows} behind the largest row of words.
const std::map<std::string, std::map<std::string, std::string>> kChanged{
    {"dossier",
     {{"id", "substr(id, 1, 12) || 'g{n}' || substr(id, 15)"},
      {"code", "code || '.{n}'"},
      {"search_row", "search_row + {n} * {rows}"}}},
    {"involved", {{"dossier", "substr(dossier, 1, 12) || 'g{n}' || substr(dossier, 15)"}}},
    {"event",
     {{"dossier", "substr(dossier, 1, 12) || 'g{n}' || substr(dossier, 15)"},
      {"leaf", "NULL"},
      {"salt", "NULL"}}},
    {"task", {{"dossier", "substr(dossier, 1, 12) || 'g{n}' || substr(dossier, 15)"}}},
    {"running",
     {{"dossier", "substr(dossier, 1, 12) || 'g{n}' || substr(dossier, 15)"},
      {"code", "code || '.{n}'"}}},
    {"payment",
     {{"dossier", "substr(dossier, 1, 12) || 'g{n}' || substr(dossier, 15)"},
      {"receipt", "receipt || '.{n}'"}}},
    {"request",
     {{"subject", "substr(subject, 1, 12) || 'g{n}' || substr(subject, 15)"},
      {"key", "key || '.{n}'"}}},
};

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

void copy_all(bench::RawDatabase& database, const std::string& n, const std::string& rows) {
  database.run("BEGIN");
  for (const auto& [table, changed] : kChanged) {
    std::string names;
    std::string values;
    for (const std::string& column :
         database.texts("SELECT name FROM pragma_table_info('" + table + "')")) {
      names += (names.empty() ? "" : ", ") + column;
      const auto found = changed.find(column);
      const std::string value = found == changed.end() ? column : found->second;
      values += (values.empty() ? "" : ", ") + replaced(replaced(value, "{n}", n), "{rows}", rows);
    }
    database.run("INSERT INTO main." + table + " (" + names + ") SELECT " + values +
                 " FROM original." + table);
  }
  database.run("INSERT INTO main.dossier_words (rowid, words) SELECT rowid + " + n + " * " + rows +
               ", words FROM original.dossier_words");
  database.run("COMMIT");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program{"Makes a store of many dossiers from one of few"};
  std::string from;
  std::string to;
  int times = 10;
  program.add_option("--from", from, "Data folder that bench_fill made")->required();
  program.add_option("--to", to, "New data folder")->required();
  program.add_option("--times", times)->check(CLI::Range(2, 10))->capture_default_str();
  CLI11_PARSE(program, argc, argv);
  const auto start = bench::Stopwatch::now();
  if (fs::exists(to)) bench::give_up(to + " exists");
  fs::copy(from, to, fs::copy_options::recursive);
  {
    bench::RawDatabase database(to + "/motcua.db");
    database.run("PRAGMA synchronous=OFF; PRAGMA cache_size=-400000;");
    database.run("ATTACH '" + from + "/motcua.db' AS original");
    const std::string rows =
        database.texts("SELECT 1 + max(rowid) FROM original.dossier_words").front();
    for (int n = 1; n < times; ++n) {
      copy_all(database, std::to_string(n), rows);
      bench::note("copy " + std::to_string(n) + " after " +
                  bench::fixed(bench::seconds_since(start), 0) + " s");
    }
    database.run("ANALYZE");
  }
  const auto leaves = bench::Stopwatch::now();
  const auto store = storage::sqlite::open_store(to + "/motcua.db", cli::kTenant);
  if (!store) bench::give_up(store.error().message);
  const auto size = (*store)->journal_size();
  const auto dossiers = (*store)->dossier_count();
  if (!size || !dossiers) bench::give_up("the store cannot be read");
  const double took = bench::seconds_since(leaves);
  bench::print(
      {.what = "Giving leaves to the events of an earlier program's store, " +
               bench::grouped(static_cast<double>(*dossiers)) + " dossiers, " +
               bench::grouped(static_cast<double>(*size)) + " leaves in all",
       .goal = "",
       .measured = bench::fixed(took, 0) + " s, " +
                   bench::grouped(static_cast<double>(*size) * (times - 1) / times / took) + "/s"});
  return 0;
}
