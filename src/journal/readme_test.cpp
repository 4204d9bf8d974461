// readme_test.cpp - the example of README.md, kept compiling.
#include <gtest/gtest.h>

#include "journal/checkpoint.h"
#include "journal/compact_range.h"
#include "journal/proof.h"

namespace journal {
namespace {

TEST(Readme, ExampleHolds) {
  bool recorded = false;
  // README example begins
  const auto key = journal::SigningKey::generate("log.example/births", base::system_random());
  journal::CompactRange tree;
  for (const char* record : {"An was born", "Bình was born"}) {
    tree.append(journal::hash_leaf(record));
  }
  const std::string head =
      journal::sign_checkpoint({"log.example/births", tree.size(), tree.root()}, key);

  const auto known = journal::open_checkpoint(head, {&key.verifier(), 1});
  const std::vector<journal::Hash> path{journal::hash_leaf("An was born")};
  if (journal::verify_inclusion(journal::hash_leaf("Bình was born"), 1, known->size, path,
                                known->root)) {
    recorded = true;
  }
  // README example ends
  EXPECT_TRUE(recorded);
}

}  // namespace
}  // namespace journal
