#pragma once
// publishing.h - how a package or an overlay comes into force: proposed by one person with the
// evidence that it was tested, put in force by another.
//
// A proposal is one decision over many procedures, or one.  Nothing of it is in force before it is
// approved; then all of it is, in one transaction.
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "calendar/instant.h"
#include "casework/failure.h"
#include "casework/workplace.h"
#include "party/officer.h"
#include "procedure/lock_policy.h"
#include "procedure/package.h"
#include "rehearsal/run_record.h"

namespace rehearsal {

using casework::Answer;

// data/policy/publishing.yaml.
struct PublishingPolicy {
  int coverage_floor = 100;  // percent of the branches
  bool second_person = true;
};
[[nodiscard]] base::Outcome<PublishingPolicy> read_publishing_policy(std::string_view text);

enum class ProposedKind { package, overlay, withdrawal };
enum class ProposalState { open, approved, declined };
[[nodiscard]] std::string_view to_text(ProposedKind kind);
[[nodiscard]] std::string_view to_text(ProposalState state);

struct ProposedItem {
  ProposedKind kind = ProposedKind::package;
  std::string code;
  std::string agency;         // overlay: whose
  std::string name;           // of the procedure, in Vietnamese
  std::string digest;         // of the package, or of the overlay's text
  std::string tested_digest;  // what the process test was of: the package as it will be worked by
  std::optional<calendar::Date> from;  // withdrawal: the first day without
  std::optional<calendar::Date> to;
  std::string origin;  // "draft", "folder"
  int branches = 0;    // of the evidence
  int covered = 0;
  int scenarios = 0;
};

struct Proposal {
  std::string id;
  std::int64_t version = 0;
  ProposalState state = ProposalState::open;
  std::vector<ProposedItem> items;
  std::string note;
  std::string proposed_by;
  std::string proposed_by_name;
  calendar::Instant proposed_at{};
  std::string decided_by;
  std::string decided_by_name;
  std::optional<calendar::Instant> decided_at;
  std::string reason;
};
[[nodiscard]] base::json::object to_json(const Proposal& proposal, bool with_items = true);

struct PackageToPropose {
  procedure::PackageFiles files;
  std::optional<calendar::Date> from;  // none: today
  std::optional<calendar::Date> to;
  std::string origin{"folder"};
};
struct OverlayToPropose {
  std::string text;
  std::string file;  // its name, for problems
};
struct WithdrawalToPropose {
  std::string code;
  std::string agency;  // whose overlay; empty: the procedure itself
  calendar::Date from;
};

struct ToPropose {
  std::vector<PackageToPropose> packages{};
  std::vector<OverlayToPropose> overlays{};
  std::vector<WithdrawalToPropose> withdrawals{};
  std::string note{};
};

// What a proposal is judged by.
struct Gate {
  const procedure::LockPolicy& locks;
  PublishingPolicy policy;
};

// Refused with all problems at once (`problems`: field is "CODE/file:line"): a package that does
// not pass its checks, an overlay that touches what is locked or overlaps another one, a day that
// is over or taken, no process test of exactly this, a failed one, or too little covered.  The
// store is as before then.
[[nodiscard]] Answer<Proposal> propose(casework::Workplace& workplace, const party::Officer& by,
                                       const ToPropose& what, const Gate& gate);

// By another person than the one who proposed.  An overlay is held against the base in force now:
// where that has changed since the test, the answer is to test again.
[[nodiscard]] Answer<Proposal> approve(casework::Workplace& workplace, const party::Officer& by,
                                       const std::string& id, const std::string& reason,
                                       const Gate& gate);
[[nodiscard]] Answer<Proposal> decline(casework::Workplace& workplace, const party::Officer& by,
                                       const std::string& id, const std::string& reason);

[[nodiscard]] Answer<Proposal> find_proposal(casework::Workplace& workplace, const std::string& id);
// Open ones first, then the newest first.
[[nodiscard]] Answer<std::vector<Proposal>> proposals(casework::Workplace& workplace);

// Keeps the record as the evidence for its digest.
[[nodiscard]] base::Outcome<base::Done> keep_record(casework::Store& store, const RunRecord& record,
                                                    const dossier::Actor& by);
[[nodiscard]] base::Outcome<std::optional<RunRecord>> find_record(casework::Store& store,
                                                                  const std::string& digest);

}  // namespace rehearsal
