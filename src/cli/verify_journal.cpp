#include "cli/verify_journal.h"

#include "cli/data_folder.h"
#include "cli/journal_audit.h"
#include "journal/audit.h"

namespace cli {

namespace {

// Without keys the heads cannot be believed, and are told of as signed by nobody known.
std::vector<journal::VerifierKey> known_keys(const std::filesystem::path& folder,
                                             std::vector<Finding>& findings) {
  const std::filesystem::path file = folder / "journal.keys";
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return {};
  const auto text = read_text(file);
  auto keys = text ? journal::parse_keys(*text)
                   : base::Outcome<std::vector<journal::VerifierKey>>{base::Failure{text.error()}};
  if (keys) return std::move(keys).value();
  findings.push_back({Disorder::key_missing, "journal.keys: " + keys.error().message});
  return {};
}

}  // namespace

base::Outcome<std::int64_t> verify_journal(const storage::sqlite::StoreImage& image,
                                           const std::filesystem::path& folder,
                                           std::vector<Finding>& findings) {
  std::int64_t leaves = 0;
  const std::vector<std::string> tenants = TRY(image.tenants());
  if (tenants.empty()) return leaves;
  const std::vector<journal::VerifierKey> keys = known_keys(folder, findings);
  for (const std::string& tenant : tenants) {
    const JournalAuditRequest request{
        .store = {}, .tenant = tenant, .keys = keys, .kept = {}, .ca = {}, .progress = {}};
    const journal::AuditReport report = TRY(audit_journal(image, request));
    leaves += report.leaves;
    for (const journal::AuditFinding& found : report.findings) {
      findings.push_back({Disorder::journal_damaged,
                          std::string{journal::to_text(found.damage)} +
                              (found.index < 0 ? "" : " " + std::to_string(found.index)) +
                              (found.detail.empty() ? "" : " (" + found.detail + ")")});
    }
  }
  return leaves;
}

}  // namespace cli
