// store_writer.cpp - the product's own commits through a failover, and what became of them.
//
// failover_store_writer ACKS REPORT URL THREADS: works on the PostgreSQL store at URL as the tests
// of power cuts do on SQLite, never giving up, with the journal's head signed all the while.  For
// each acknowledged version a line "moment dossier version" is appended to ACKS.  SIGTERM: ends the
// work, asks again for whatever stayed open, holds everything against what was acknowledged and the
// journal against each signed head, and writes lines "number|what" to REPORT; all but those with a
// "+" before them must be 0.
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "base/random.h"
#include "journal/note.h"
#include "storage/fault/flaws.h"
#include "storage/fault/load.h"
#include "storage/postgres/postgres_store.h"

namespace {

constexpr const char* kTenant = "H41";

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// Commits that were answered with a fault, and not later with success.
std::vector<casework::Commit> still_open(storage::fault::Ledger& ledger) {
  const std::map<std::string, std::int64_t> known = ledger.versions();
  std::map<std::string, casework::Commit> open;
  for (casework::Commit& commit : ledger.take_open()) {
    const auto version = known.find(commit.row.id);
    if (version != known.end() && version->second >= commit.row.version) continue;
    open.insert_or_assign(commit.request.key, std::move(commit));
  }
  std::vector<casework::Commit> commits;
  for (auto& [key, commit] : open) commits.push_back(std::move(commit));
  return commits;
}

void tell(std::ofstream& report, const std::vector<std::string>& flaws, const char* what) {
  report << flaws.size() << "|" << what << "\n";
  for (std::size_t i = 0; i < flaws.size() && i < 20; ++i) std::cerr << flaws[i] << "\n";
}

}  // namespace

int main(int count, char** arguments) {
  int threads = 0;
  if (count != 5) return 2;
  const char* const end = arguments[4] + std::strlen(arguments[4]);
  if (std::from_chars(arguments[4], end, threads).ptr != end || threads < 1) return 2;
  const int acks = ::open(arguments[1], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (acks < 0) return 3;
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);

  const auto store = storage::postgres::open_store(arguments[3], kTenant, {.connections = threads});
  if (!store) {
    std::cerr << store.error().message << "\n";
    return 3;
  }
  const auto key = journal::SigningKey::generate("motcua.example.vn/H41", base::system_random());
  casework::Sealing sealing(**store, kTenant, *journal::SigningKey::parse(key.text()));
  storage::fault::Ledger ledger;
  std::atomic<bool> stop{false};
  storage::fault::Load load;
  load.threads = threads;
  load.insists = true;
  load.stop = &stop;
  load.sealing = &sealing;
  load.sealed = [&](const casework::HeadRow& head) { ledger.keep_head(head); };
  load.acknowledged = [&](const std::string& dossier, std::int64_t version) {
    ledger.acknowledge(dossier, version);
    const std::string line =
        std::to_string(now_ms()) + " " + dossier + " " + std::to_string(version) + "\n";
    if (::write(acks, line.data(), line.size()) < 0) std::_Exit(4);
  };
  std::atomic<int> faults_told{0};
  load.unanswered = [&](const casework::Commit& commit, const base::Fault& fault) {
    if (++faults_told <= 50) {
      std::fprintf(stderr, "%lld %s\n", static_cast<long long>(now_ms()), fault.message.c_str());
    }
    ledger.leave_open(commit, fault);
  };
  std::thread work([&] { storage::fault::run_load(**store, load); });
  int which = 0;
  sigwait(&ends, &which);
  stop = true;
  work.join();

  std::ofstream report(arguments[2]);
  const std::vector<base::Fault> faults = ledger.faults();
  const std::vector<casework::Commit> open = still_open(ledger);
  report << ledger.acknowledged() << "|+dossiers acknowledged\n"
         << faults.size() << "|+answers that were a fault, and asked again\n"
         << ledger.heads().size() << "|+heads of the journal signed meanwhile\n";
  tell(report, storage::fault::flaws_of_retries(**store, open), "open commands cannot be resolved");
  // What came after the last head waits for its leaf; from here on nothing may.
  const auto leaves = (*store)->integrate_journal();
  tell(report, leaves ? std::vector<std::string>{} : std::vector{leaves.error().message},
       "journals that take no leaves");
  tell(report, storage::fault::losses(**store, ledger), "acknowledged dossiers are lost");
  tell(report, storage::fault::flaws_of_journal(**store, kTenant, key.verifier(), ledger),
       "flaws of the journal");
  report.close();
  return report ? 0 : 1;
}
