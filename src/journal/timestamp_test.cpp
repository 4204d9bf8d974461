// timestamp_test.cpp - against an authority of our own, run by openssl's command line.
#include "journal/timestamp.h"

#include <ctime>

#include <gtest/gtest.h>

#include "journal/test_journal.h"
#include "journal/test_timestamp_authority.h"

namespace journal {
namespace {

using test::TimestampAuthority;

class Timestamps : public testing::Test {
 protected:
  static void SetUpTestSuite() { authority_ = new TimestampAuthority; }
  static void TearDownTestSuite() {
    delete authority_;
    authority_ = nullptr;
  }
  static inline TimestampAuthority* authority_ = nullptr;

  const std::string text_ = sign_checkpoint({.origin = "motcua.example/H41", .size = 7, .root = {}},
                                            test::key_of("motcua.example/H41", 1));
  base::SeededRandom random_{3};
  const TimestampRequest request_ = timestamp_request(text_, random_);
  const std::string ca_ = authority_->read("ca.pem");
};

TEST_F(Timestamps, OfAnAuthorityHold) {
  const std::string reply = authority_->reply(request_.der);
  const auto token = token_of_reply(reply, text_, request_.nonce, ca_);
  ASSERT_TRUE(token) << token.error().message;
  const auto stamp = verify_timestamp(*token, text_, ca_);
  ASSERT_TRUE(stamp) << stamp.error().message;
  EXPECT_EQ(stamp->authority, "CN=stamper");
  EXPECT_EQ(stamp->serial_number, "42");
  EXPECT_NEAR(static_cast<double>(stamp->at), static_cast<double>(std::time(nullptr)) * 1e3, 6e4);
  const auto read = read_timestamp(*token, text_);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->at, stamp->at);
}

TEST_F(Timestamps, AskAnewEachTime) {
  base::SeededRandom random{4};
  const TimestampRequest other = timestamp_request(text_, random);
  EXPECT_NE(other.nonce, request_.nonce);
  EXPECT_NE(other.der, request_.der);
}

TEST_F(Timestamps, ForAnotherTextNonceOrByAnotherAuthorityAreRefused) {
  const std::string reply = authority_->reply(request_.der);
  EXPECT_FALSE(token_of_reply(reply, text_ + "x", request_.nonce, ca_));
  std::string nonce = request_.nonce;
  nonce[7] = static_cast<char>(nonce[7] ^ 1);
  EXPECT_FALSE(token_of_reply(reply, text_, nonce, ca_));
  EXPECT_FALSE(token_of_reply(reply, text_, request_.nonce, authority_->read("other.pem")));
  EXPECT_FALSE(token_of_reply(reply, text_, request_.nonce, ""));
  EXPECT_FALSE(token_of_reply(reply, text_, request_.nonce, "not PEM"));
  const std::string token = token_of_reply(reply, text_, request_.nonce, ca_).value();
  EXPECT_FALSE(verify_timestamp(token, "", ca_));
  EXPECT_FALSE(read_timestamp(token, text_ + "x"));
  EXPECT_FALSE(verify_timestamp(token + "x", text_, ca_));
}

TEST_F(Timestamps, DeclinedAreToldApart) {
  const auto declined =
      token_of_reply(authority_->reply("not a request"), text_, request_.nonce, ca_);
  ASSERT_FALSE(declined);
  EXPECT_EQ(declined.error().code, base::FaultCode::unavailable);
}

// A bit turned in a token is found, or does not touch what was signed: the same moment, text and
// authority.  (RFC 5652 leaves some bytes outside of the signature, such as certificates that
// nobody uses and names of algorithms that are told twice.)
TEST_F(Timestamps, WithABitTurnedSayTheSameOrNothing) {
  const std::string token =
      token_of_reply(authority_->reply(request_.der), text_, request_.nonce, ca_).value();
  const auto stamp = verify_timestamp(token, text_, ca_);
  ASSERT_TRUE(stamp);
  int refused = 0;
  const std::size_t bits = token.size() * 8;
  for (std::size_t bit = 0; bit < bits; bit += 3) {
    std::string turned = token;
    turned[bit / 8] = static_cast<char>(turned[bit / 8] ^ (1 << (bit % 8)));
    const auto told = verify_timestamp(turned, text_, ca_);
    if (!told) {
      ++refused;
      continue;
    }
    EXPECT_EQ(told->at, stamp->at) << bit;
    EXPECT_EQ(told->serial_number, stamp->serial_number) << bit;
    EXPECT_EQ(told->authority, stamp->authority) << bit;
  }
  EXPECT_GT(refused, static_cast<int>(bits / 3 * 9 / 10));
}

TEST_F(Timestamps, OfRandomBytesAreRefused) {
  base::SeededRandom random{11};
  const std::string reply = authority_->reply(request_.der);
  for (int round = 0; round < 300; ++round) {
    std::string mixed = reply.substr(random.below(reply.size()), random.below(600)) +
                        reply.substr(random.below(reply.size()));
    EXPECT_FALSE(token_of_reply(mixed, text_, request_.nonce, ca_));
    EXPECT_FALSE(verify_timestamp(mixed, text_, ca_));
  }
  EXPECT_FALSE(token_of_reply("", text_, request_.nonce, ca_));
  EXPECT_FALSE(token_of_reply(std::string(kTimestampBytesMax + 1, '0'), text_, "", ca_));
}

}  // namespace
}  // namespace journal
