#include "casework/publications.h"

#include <boost/json.hpp>

#include "base/json.h"

namespace casework {

Publications::Publications(std::vector<ProcedurePtr> in_force, form::Dictionary dictionary,
                           FindRevision find_revision)
    : in_force_(std::move(in_force)),
      index_(in_force_),
      dictionary_(std::move(dictionary)),
      find_revision_(std::move(find_revision)) {
  for (const ProcedurePtr& one : in_force_) {
    by_code_[one->code] = one;
    by_digest_[one->digest] = one;
  }
}

ProcedurePtr Publications::find(const std::string& code) const {
  const auto found = by_code_.find(code);
  return found == by_code_.end() ? nullptr : found->second;
}

base::Outcome<ProcedurePtr> Publications::pinned(const std::string& digest) {
  {
    const std::scoped_lock lock(mutex_);
    const auto found = by_digest_.find(digest);
    if (found != by_digest_.end()) return found->second;
  }
  const std::optional<std::string> text = TRY(find_revision_(digest));
  if (!text.has_value()) {
    return base::fault(base::FaultCode::corrupt, "no revision with digest " + digest);
  }
  const procedure::PackageFiles files = TRY(read_files(*text));
  auto loaded = procedure::load_package(files, dictionary_);
  if (!loaded) {
    return base::fault(base::FaultCode::corrupt,
                       "the pinned revision " + digest + " cannot be read");
  }
  auto kept = std::make_shared<const procedure::Procedure>(std::move(loaded).value());
  const std::scoped_lock lock(mutex_);
  by_digest_[digest] = kept;
  return ProcedurePtr{kept};
}

std::vector<ProcedurePtr> Publications::search(std::string_view words) const {
  return index_.search(words);
}

std::string files_text(const procedure::PackageFiles& files) {
  base::json::object object;
  for (const auto& [name, text] : files) object[name] = text;
  return base::to_text(object);
}

base::Outcome<procedure::PackageFiles> read_files(std::string_view text) {
  const base::json::value value = TRY(base::parse_json(text));
  procedure::PackageFiles files;
  if (!value.is_object()) return base::fault(base::FaultCode::corrupt, "a revision is no object");
  for (const auto& entry : value.get_object()) {
    if (!entry.value().is_string()) {
      return base::fault(base::FaultCode::corrupt, "a revision's file is no text");
    }
    files.emplace(
        std::string{entry.key().data(), entry.key().size()},
        std::string{entry.value().get_string().data(), entry.value().get_string().size()});
  }
  return files;
}

}  // namespace casework
