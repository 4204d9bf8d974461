#include "cli/journal_keys.h"

#include "base/random.h"
#include "cli/data_folder.h"

namespace cli {

namespace {

namespace fs = std::filesystem;

fs::path secret_of(const fs::path& folder) {
  return folder / "journal.key";
}
fs::path verifiers_of(const fs::path& folder) {
  return folder / "journal.keys";
}

// The secret half first: opening the folder lists its verifier key before anything is signed.
base::Outcome<JournalKeys> make(const fs::path& folder, const std::string& name,
                                const std::string& earlier) {
  if (!journal::is_key_name(name)) {
    return base::fault(base::FaultCode::invalid,
                       "the journal's name " + name + " is not visible ASCII without \"+\"");
  }
  journal::SigningKey key = journal::SigningKey::generate(name, base::system_random());
  std::string verifiers = key.verifier().text() + "\n" + earlier;
  TRY(write_durably(secret_of(folder), key.text() + "\n"));
  TRY(write_durably(verifiers_of(folder), verifiers));
  return JournalKeys{.signing = std::move(key), .verifiers = std::move(verifiers)};
}

}  // namespace

base::Outcome<JournalKeys> open_journal_keys(const fs::path& folder, const std::string& name) {
  std::error_code error;
  if (!fs::exists(secret_of(folder), error)) {
    if (!fs::exists(verifiers_of(folder), error)) return make(folder, name, {});
    return base::fault(base::FaultCode::corrupt,
                       secret_of(folder).string() +
                           " is missing: restore it from a backup, or name a new key with "
                           "motcua journal key --new");
  }
  const std::string secret = TRY(read_text(secret_of(folder)));
  journal::SigningKey key = TRY(journal::SigningKey::parse(secret));
  std::string verifiers =
      fs::exists(verifiers_of(folder), error) ? TRY(read_text(verifiers_of(folder))) : "";
  if (verifiers.find(key.verifier().text()) == std::string::npos) {
    verifiers = key.verifier().text() + "\n" + verifiers;
    TRY(write_durably(verifiers_of(folder), verifiers));
  }
  return JournalKeys{.signing = std::move(key), .verifiers = std::move(verifiers)};
}

base::Outcome<JournalKeys> renew_journal_key(const fs::path& folder) {
  std::error_code error;
  const std::string earlier =
      fs::exists(verifiers_of(folder), error) ? TRY(read_text(verifiers_of(folder))) : "";
  const std::vector<journal::VerifierKey> known = TRY(journal::parse_keys(earlier));
  if (known.empty()) {
    return base::fault(base::FaultCode::not_found,
                       folder.string() +
                           " has no journal key yet: the server makes it when it "
                           "starts");
  }
  return make(folder, known.front().name, earlier);
}

base::Outcome<casework::SealingTrust> sealing_trust(const fs::path& folder,
                                                    const std::string& verifiers) {
  const fs::path file = folder / "journal.head";
  return casework::SealingTrust{
      .keys = TRY(journal::parse_keys(verifiers)),
      .last_signed = [file]() -> base::Outcome<std::optional<std::string>> {
        std::error_code error;
        if (!fs::exists(file, error)) return std::optional<std::string>{};
        return std::optional{TRY(read_text(file))};
      },
      .remember = [file](const std::string& text) { return write_durably(file, text); }};
}

}  // namespace cli
