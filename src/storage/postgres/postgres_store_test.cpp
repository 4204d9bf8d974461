#include "storage/postgres/postgres_store.h"

#include "storage/contract/definition_contract.h"
#include "storage/contract/entry_contract.h"
#include "storage/contract/journal_contract.h"
#include "storage/contract/outbox_contract.h"
#include "storage/contract/store_contract.h"
#include "storage/contract/upload_contract.h"
#include "storage/postgres/test_cluster.h"

namespace storage {
namespace {

struct PostgresStores {
  std::string url = postgres::TestCluster::get()->new_database();
  std::unique_ptr<casework::Store> open() {
    auto store = postgres::open_store(url, "H41");
    EXPECT_TRUE(store) << store.error().message;
    return std::move(store).value();
  }
};

}  // namespace

namespace contract {
INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, StoreContract, PostgresStores);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, JournalContract, PostgresStores);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, DefinitionContract, PostgresStores);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, EntryContract, PostgresStores);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, OutboxContract, PostgresStores);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, UploadContract, PostgresStores);
}  // namespace contract

}  // namespace storage
