// s3_contract_test.cpp - the contract of file stores over the service that tests/s3/swift.sh
// starts.
#include <cstdlib>
#include <fstream>
#include <random>

#include "storage/contract/file_store_contract.h"
#include "storage/s3_listing.h"
#include "storage/s3_request.h"

namespace storage {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

S3Options service() {
  S3Options options;
  options.endpoint = environment("MOTCUA_S3_ENDPOINT");
  options.bucket = environment("MOTCUA_S3_BUCKET");
  options.key_id = environment("MOTCUA_S3_KEY");
  options.secret = environment("MOTCUA_S3_SECRET");
  return options;
}

// Each opens a place of its own in the bucket.
struct S3FileStores {
  static constexpr int kRaceRounds = 4;
  // Longer than what whole seconds hide.
  static constexpr std::chrono::milliseconds kTick{3'500};
  S3FileStores() : options(service()) {
    options.prefix = "test/" + std::to_string(std::random_device{}());
  }
  [[nodiscard]] std::unique_ptr<casework::FileStore> open() const {
    auto store = open_s3_files(options);
    if (!store) {
      std::fprintf(stderr, "%s\n", store.error().message.c_str());
      std::abort();
    }
    return std::move(store).value();
  }
  void overwrite(const std::string& address, std::string_view bytes) const {
    const auto answer =
        S3Client{options}.ask({.method = "PUT",
                               .key = options.prefix + "/" + address.substr(0, 2) + "/" + address,
                               .body = bytes});
    ASSERT_TRUE(answer);
    ASSERT_EQ(answer->status, 200);
  }
  S3Options options;
};

TEST(S3Service, RefusesAWrongSecretAndSaysWhatToLookAt) {
  S3Options options = service();
  ASSERT_TRUE(open_s3_files(options));
  options.secret = "not-the-secret";
  const auto refused = open_s3_files(options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, base::FaultCode::invalid);
  EXPECT_NE(refused.error().message.find("403 SignatureDoesNotMatch"), std::string::npos)
      << refused.error().message;
  EXPECT_EQ(refused.error().message.find(options.secret), std::string::npos);
  EXPECT_EQ(refused.error().message.find(options.key_id), std::string::npos);
}

TEST(S3Service, SaysThatABucketIsNotThere) {
  S3Options options = service();
  options.bucket = "nowhere";
  const auto refused = open_s3_files(options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, base::FaultCode::invalid);
  EXPECT_NE(refused.error().message.find("NoSuchBucket"), std::string::npos)
      << refused.error().message;
}

TEST(S3Service, TakesFilesOfTheLargestUploadAndGivesThemOutInWindows) {
  S3FileStores files;
  const auto store = files.open();
  std::string bytes(20UL * 1024 * 1024, 'a');
  for (std::size_t i = 0; i < bytes.size(); i += 997) bytes[i] = static_cast<char>(i);
  const auto address = store->put(bytes);
  ASSERT_TRUE(address) << address.error().message;
  const auto got = store->get(*address);
  ASSERT_TRUE(got) << got.error().message;
  EXPECT_TRUE(*got == bytes);
  const std::string larger(kS3FileBytesMax + 1, 'x');
  EXPECT_EQ(store->put(larger).error().code, base::FaultCode::exhausted);
  auto sink = store->open_sink();
  ASSERT_TRUE((*sink)->append(bytes));
  EXPECT_EQ((*sink)->append(larger).error().code, base::FaultCode::exhausted);
}

TEST(S3Service, ListsInPages) {
  S3FileStores files;
  const auto store = files.open();
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(store->put("file " + std::to_string(i)));
  S3Client client(files.options);
  std::string token;
  std::size_t objects = 0;
  int pages = 0;
  do {
    std::string query = token.empty() ? "" : "continuation-token=" + s3_encoded(token) + "&";
    query += "list-type=2&max-keys=2&prefix=" + s3_encoded(files.options.prefix + "/");
    const auto answer = client.ask({.query = query});
    ASSERT_TRUE(answer);
    ASSERT_EQ(answer->status, 200) << answer->body;
    const auto page = read_s3_listing(answer->body);
    ASSERT_TRUE(page);
    objects += page->objects.size();
    token = page->following;
    ++pages;
  } while (!token.empty() && pages < 10);
  EXPECT_EQ(objects, 5U);
  EXPECT_EQ(pages, 3);
}

}  // namespace

namespace contract {
INSTANTIATE_TYPED_TEST_SUITE_P(S3, FileStoreContract, S3FileStores);
}
}  // namespace storage
