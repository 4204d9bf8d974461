#include "storage/s3_file_store.h"

#include <chrono>

#include <gtest/gtest.h>

#include "storage/s3_listing.h"
#include "storage/s3_request.h"

namespace storage {
namespace {

constexpr const char* kKeys = "AKIDEXAMPLE\nwJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\n";

TEST(S3Options, AreReadFromAnAddressAndAFile) {
  const auto options = parse_s3_options(
      "s3://motcua-files/h41/papers/?endpoint=https://s3.example.vn/&region=vn-north-1", kKeys);
  ASSERT_TRUE(options) << options.error().message;
  EXPECT_EQ(options->bucket, "motcua-files");
  EXPECT_EQ(options->prefix, "h41/papers");
  EXPECT_EQ(options->endpoint, "https://s3.example.vn");
  EXPECT_EQ(options->region, "vn-north-1");
  EXPECT_EQ(options->key_id, "AKIDEXAMPLE");
  EXPECT_EQ(options->secret, "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
  const auto colon = parse_s3_options("s3://abc?endpoint=http://127.0.0.1:8080", "a:b\r\nsecret");
  ASSERT_TRUE(colon);
  EXPECT_EQ(colon->key_id, "a:b");
  EXPECT_EQ(colon->secret, "secret");
  EXPECT_EQ(colon->prefix, "");
}

TEST(S3Options, RefuseWhatIsNoAddressOfABucket) {
  for (const char* url :
       {"", "s3://", "http://abc?endpoint=http://h", "s3://ab?endpoint=http://h",
        "s3://ABC?endpoint=http://h", "s3://abc", "s3://abc?endpoint=", "s3://abc?endpoint=h",
        "s3://abc?endpoint=ftp://h", "s3://abc?endpoint=http://u:p@h",
        "s3://abc?endpoint=http://h/path", "s3://abc/../x?endpoint=http://h",
        "s3://abc//x?endpoint=http://h", "s3://abc/x y?endpoint=http://h",
        "s3://abc?endpoint=http://h&region=a/b", "s3://abc?endpoint=http://h&acl=public"}) {
    const auto options = parse_s3_options(url, kKeys);
    ASSERT_FALSE(options) << url;
    EXPECT_EQ(options.error().code, base::FaultCode::invalid) << url;
  }
}

TEST(S3Options, RefuseCredentialsThatAreNotTwoLinesAndDoNotRepeatThem) {
  for (const char* keys : {"", "id", "id\n", "\nzecret\n", "id\nzecret\nmore\n",
                           "id\nzecret more\n", "id\nzecr\xC3\xA9t\n"}) {
    const auto options = parse_s3_options("s3://abc?endpoint=http://h", keys);
    ASSERT_FALSE(options) << keys;
    EXPECT_EQ(options.error().message.find("zecr"), std::string::npos);
  }
}

TEST(S3Listing, ReadsObjectsAndTheTokenOfTheNextPage) {
  const auto listing = read_s3_listing(
      "<?xml version='1.0' encoding='UTF-8'?><ListBucketResult "
      "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><IsTruncated>true</IsTruncated>"
      "<NextContinuationToken>a/b+c=</NextContinuationToken><Contents><Key>x/y&amp;z</Key>"
      "<LastModified>2026-08-20T03:00:01.000Z</LastModified><Size>12</Size></Contents>"
      "</ListBucketResult>");
  ASSERT_TRUE(listing) << listing.error().message;
  ASSERT_EQ(listing->objects.size(), 1U);
  EXPECT_EQ(listing->objects[0].key, "x/y&z");
  EXPECT_EQ(listing->objects[0].size, 12);
  EXPECT_EQ(calendar::to_iso(listing->objects[0].modified), "2026-08-20T10:00:01+07:00");
  EXPECT_EQ(listing->following, "a/b+c=");
  EXPECT_EQ(s3_encoded(listing->following), "a%2Fb%2Bc%3D");
}

TEST(S3Listing, IsNotReadFromAnythingElse) {
  for (const char* xml :
       {"", "<", "<html/>", "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
        "<ListBucketResult><Contents><Key>x</Key></Contents></ListBucketResult>"}) {
    EXPECT_FALSE(read_s3_listing(xml)) << xml;
  }
}

TEST(S3Listing, AFileIsNeverOlderThanItIsWhateverTheServicesClockSays) {
  const auto now = calendar::Instant{std::chrono::seconds{2'000'000'000}};
  S3Answer answer;
  answer.headers["date"] = "Sun, 06 Nov 1994 08:49:37 GMT";
  const auto theirs = *read_http_date("Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(latest_put(answer, theirs - std::chrono::seconds{100}, now),
            now - std::chrono::seconds{99});
  EXPECT_EQ(latest_put(answer, theirs, now), now);
  EXPECT_EQ(latest_put(answer, theirs + std::chrono::seconds{5}, now), now);
  EXPECT_FALSE(read_http_date("yesterday, or so"));
}

TEST(S3Files, SayThatNobodyAnswersAfterAFewAttempts) {
  S3Options options = *parse_s3_options("s3://abc?endpoint=http://127.0.0.1:1", kKeys);
  options.attempts = 3;
  options.first_pause = std::chrono::milliseconds{20};
  const auto began = std::chrono::steady_clock::now();
  const auto store = open_s3_files(options);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, base::FaultCode::unavailable);
  EXPECT_GE(std::chrono::steady_clock::now() - began, std::chrono::milliseconds{60});
}

TEST(S3Faults, SayWhatIsWrongWithoutRepeatingTheAnswer) {
  const auto fault_of = [](long status, const std::string& body) {
    S3Answer answer;
    answer.status = status;
    answer.body = body;
    return s3_fault(answer, "put").error;
  };
  const auto denied = fault_of(
      403, "<Error><Code>AccessDenied</Code><AWSAccessKeyId>AKID</AWSAccessKeyId></Error>");
  EXPECT_EQ(denied.code, base::FaultCode::invalid);
  EXPECT_NE(denied.message.find("AccessDenied"), std::string::npos);
  EXPECT_EQ(denied.message.find("AKID"), std::string::npos);
  EXPECT_EQ(fault_of(404, "").code, base::FaultCode::not_found);
  EXPECT_EQ(fault_of(404, "<Code>NoSuchBucket</Code>").code, base::FaultCode::invalid);
  EXPECT_EQ(fault_of(412, "").code, base::FaultCode::conflict);
  EXPECT_EQ(fault_of(507, "").code, base::FaultCode::exhausted);
  EXPECT_EQ(fault_of(503, "").code, base::FaultCode::unavailable);
}

}  // namespace
}  // namespace storage
