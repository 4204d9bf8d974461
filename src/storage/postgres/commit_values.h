#pragma once
// commit_values.h - a Commit as the values of commit_command(), and the words of its search text.
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "casework/store.h"
#include "storage/postgres/seal.h"
#include "storage/postgres/values.h"

namespace storage::postgres {

// What is made of a commit before the database is asked; `values` point into it and into the
// commit.
struct PreparedCommit {
  PreparedCommit(const std::string& tenant, const casework::Commit& commit, bool later);
  PreparedCommit(const PreparedCommit&) = delete;
  PreparedCommit& operator=(const PreparedCommit&) = delete;

  Values values;

 private:
  std::vector<Sealed> sealed_;
  std::string folded_;
};

// Words of a folded text, as they are kept and looked for: long ones cut off.
[[nodiscard]] std::vector<std::string> words_of(std::string_view folded);

}  // namespace storage::postgres
