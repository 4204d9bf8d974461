// postgres_test_main.cpp - starts the throw-away server before the tests; where PostgreSQL is not
// installed there are none, which ctest is told by the exit code.
#include <iostream>

#include <gtest/gtest.h>

#include "storage/postgres/test_cluster.h"

int main(int count, char** arguments) {
  constexpr int kSkipped = 77;
  testing::InitGoogleTest(&count, arguments);
  if (!GTEST_FLAG_GET(list_tests) && storage::postgres::TestCluster::get() == nullptr) {
    std::cout << "PostgreSQL is not installed: its tests are skipped\n";
    return kSkipped;
  }
  return RUN_ALL_TESTS();
}
