// note_test.cpp - signed notes, keys and checkpoints.
#include "journal/note.h"

#include <gtest/gtest.h>

#include "journal/checkpoint.h"
#include "journal/line_reader.h"
#include "journal/proof.h"
#include "journal/test_journal.h"

namespace journal {
namespace {

constexpr const char* kOrigin = "motcua.nghean.gov.vn/H41";

// The example that the format is published with.
constexpr const char* kPublishedKey =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr const char* kPublishedSecret =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr const char* kPublishedText =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
constexpr const char* kPublishedSignature =
    "\xE2\x80\x94 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
    "otpRZb6KE6RyyBwJnAM=\n";

TEST(Note, IsThePublishedExample) {
  const auto key = VerifierKey::parse(kPublishedKey);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->text(), kPublishedKey);
  const std::string text = std::string{kPublishedText} + "\n" + kPublishedSignature;
  const auto note = parse_note(text);
  ASSERT_TRUE(note);
  EXPECT_EQ(note->text, kPublishedText);
  EXPECT_EQ(note_text(*note), text);
  const Signers signers = signers_of(*note, {&*key, 1});
  EXPECT_EQ(signers.good.size(), 1U);
  EXPECT_TRUE(signers.bad.empty());

  const auto secret = SigningKey::parse(kPublishedSecret);
  ASSERT_TRUE(secret);
  EXPECT_EQ(secret->text(), kPublishedSecret);
  EXPECT_EQ(secret->verifier(), *key);
  EXPECT_EQ(note_text(sign_note(kPublishedText, *secret)), text);
}

TEST(Note, TellsGoodSignaturesFromBadAndFromStrangers) {
  const SigningKey ours = test::key_of(kOrigin, 1);
  const SigningKey witness = test::key_of("witness.example", 2);
  const SigningKey stranger = test::key_of("stranger.example", 3);
  Note note = sign_note("text\n", ours);
  add_signature(note, witness);
  add_signature(note, stranger);
  note.signatures[1].bytes[0] = static_cast<char>(note.signatures[1].bytes[0] ^ 1);
  const std::vector<VerifierKey> known{ours.verifier(), witness.verifier()};
  const Signers signers = signers_of(note, known);
  ASSERT_EQ(signers.good.size(), 1U);
  EXPECT_EQ(signers.good[0], ours.verifier());
  ASSERT_EQ(signers.bad.size(), 1U);
  EXPECT_EQ(signers.bad[0], witness.verifier());
}

TEST(Note, RefusesWhatIsNotOne) {
  const std::string good = note_text(sign_note("text\n", test::key_of(kOrigin, 1)));
  ASSERT_TRUE(parse_note(good));
  const std::string signature = good.substr(good.find("\n\n") + 2);
  std::string many = "text\n\n";
  for (std::size_t i = 0; i <= kNoteSignaturesMax; ++i) many += signature;
  const std::vector<std::string> bad = {
      "",
      "\n",
      "text\n",
      "text\n\n",
      good.substr(0, good.size() - 1),
      good + "\n",
      good + "more\n",
      "te\xFFxt\n\n" + signature,
      "te\txt\n\n" + signature,
      "te\rxt\n\n" + signature,
      "text\n" + signature,
      "text\n\n- a b\n",
      "text\n\n\xE2\x80\x94 " + std::string{"AAAAAAAA\n"},
      "text\n\n\xE2\x80\x94 a+b AAAAAAAA\n",
      "text\n\n\xE2\x80\x94 a AAAA\n",      // three bytes
      "text\n\n\xE2\x80\x94 a AAAAAA==\n",  // a hash and nothing else
      "text\n\n\xE2\x80\x94 a  AAAAAAAA\n",
      "text\n\n\xE2\x80\x94 a AAAAAAAA \n",
      many,
      std::string(kNoteBytesMax, 'x') + "\n\n" + signature};
  for (const std::string& text : bad) EXPECT_FALSE(parse_note(text)) << text.substr(0, 80);
}

TEST(Note, EmptyLinesOfTheTextStay) {
  const SigningKey key = test::key_of(kOrigin, 1);
  const std::string text = note_text(sign_note("one\n\ntwo\n", key));
  const auto note = parse_note(text);
  ASSERT_TRUE(note);
  EXPECT_EQ(note->text, "one\n\ntwo\n");
}

TEST(Key, IsRefusedInAnyOtherSpelling) {
  const std::string good = test::key_of(kOrigin, 1).verifier().text();
  ASSERT_TRUE(VerifierKey::parse(good));
  const auto changed = [&](std::size_t at, char c) {
    std::string text = good;
    text[at] = c;
    return text;
  };
  const std::size_t hash = good.find('+') + 1;
  for (const std::string& text :
       {std::string{}, std::string{"+"}, std::string{"a+b+c"}, good + "\n", good + " ", " " + good,
        good.substr(0, good.size() - 1), changed(hash, good[hash] == '0' ? '1' : '0'),
        changed(hash + 8, '-'), changed(hash + 9, 'B'), changed(0, ' '),
        std::string{"m\xE1\xBB\x99t"} + good.substr(hash - 1)}) {
    EXPECT_FALSE(VerifierKey::parse(text)) << text;
  }
  const std::string secret = test::key_of(kOrigin, 1).text();
  EXPECT_TRUE(SigningKey::parse(secret + "\n"));
  EXPECT_FALSE(SigningKey::parse(secret + "\n\n"));
  EXPECT_FALSE(SigningKey::parse(good));
  EXPECT_FALSE(VerifierKey::parse(secret));
}

TEST(Key, ListsAreReadLineByLine) {
  const std::string one = test::key_of("a.example", 1).verifier().text();
  const std::string two = test::key_of("b.example", 2).verifier().text();
  const auto keys = parse_keys("# keys\n" + one + "\r\n\n" + two);
  ASSERT_TRUE(keys);
  ASSERT_EQ(keys->size(), 2U);
  EXPECT_EQ((*keys)[1].name, "b.example");
  EXPECT_TRUE(parse_keys("")->empty());
  EXPECT_FALSE(parse_keys(one + "\nnonsense\n"));
  std::string many;
  for (int i = 0; i < 65; ++i) many += one + "\n";
  EXPECT_FALSE(parse_keys(many));
}

TEST(Key, MovesLeaveNothingBehind) {
  SigningKey key = test::key_of(kOrigin, 1);
  const std::string text = key.text();
  const SigningKey moved = std::move(key);
  EXPECT_EQ(moved.text(), text);
  SigningKey other = test::key_of(kOrigin, 2);
  other = SigningKey::parse(text).value();
  EXPECT_EQ(other.text(), text);
}

TEST(Checkpoint, IsReadAsSigned) {
  const SigningKey key = test::key_of(kOrigin, 1);
  const TreeHead head{.origin = kOrigin, .size = 123'456, .root = hash_leaf("x")};
  const std::string text = sign_checkpoint(head, key);
  EXPECT_EQ(text.find(std::string{kOrigin} + "\n123456\n"), 0U);
  const auto opened = open_checkpoint(text, {&key.verifier(), 1});
  ASSERT_TRUE(opened);
  EXPECT_EQ(*opened, head);
  EXPECT_FALSE(open_checkpoint(text, {}));
  const SigningKey other = test::key_of(kOrigin, 2);
  EXPECT_FALSE(open_checkpoint(text, {&other.verifier(), 1}));
}

// A key of another log is known, but speaks for its own.
TEST(Checkpoint, IsNotBelievedByTheKeyOfAnotherLog) {
  const SigningKey key = test::key_of(kOrigin, 1);
  const SigningKey other = test::key_of("motcua.nghean.gov.vn/H42", 2);
  Checkpoint checkpoint =
      parse_checkpoint(sign_checkpoint({.origin = kOrigin, .size = 1, .root = {}}, key)).value();
  checkpoint.note.signatures.clear();
  add_signature(checkpoint.note, other);
  const std::vector<VerifierKey> known{key.verifier(), other.verifier()};
  const auto signer = signer_of(checkpoint, known);
  ASSERT_FALSE(signer);
  EXPECT_EQ(signer.error(), CheckpointRefusal::no_known_key);
}

TEST(Checkpoint, IsRefusedInAnyOtherSpelling) {
  const SigningKey key = test::key_of(kOrigin, 1);
  const std::string root = to_base64(bytes_of(hash_leaf("x")));
  const auto signed_body = [&](const std::string& body) { return note_text(sign_note(body, key)); };
  const std::string origin = kOrigin;
  EXPECT_TRUE(parse_checkpoint(signed_body(origin + "\n7\n" + root + "\n")));
  for (const std::string& body :
       {origin + "\n07\n" + root + "\n", origin + "\n-7\n" + root + "\n", origin + "\n\n7\n",
        origin + "\n7 \n" + root + "\n", origin + "\n9223372036854775808\n" + root + "\n",
        origin + "\n7\n" + root.substr(0, 40) + "\n", origin + "\n7\n" + root + "=\n",
        origin + "\n7\n" + root + "\nmore\n", origin + "\n7\n", "\n7\n" + root + "\n"}) {
    EXPECT_FALSE(parse_checkpoint(signed_body(body))) << body;
  }
}

// Whatever bit of the text is turned: not the same head with a good signature.
TEST(Checkpoint, NoBitOfItCanBeTurned) {
  const SigningKey key = test::key_of(kOrigin, 1);
  const TreeHead head{.origin = kOrigin, .size = 123'456, .root = hash_leaf("x")};
  const std::string text = sign_checkpoint(head, key);
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    std::string turned = text;
    turned[bit / 8] = static_cast<char>(turned[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(open_checkpoint(turned, {&key.verifier(), 1})) << bit;
  }
}

TEST(Base64, HasOneSpellingForEachText) {
  for (const auto& [bytes, text] : {std::pair{"", ""},
                                    {"f", "Zg=="},
                                    {"fo", "Zm8="},
                                    {"foo", "Zm9v"},
                                    {"foob", "Zm9vYg=="},
                                    {"fooba", "Zm9vYmE="},
                                    {"foobar", "Zm9vYmFy"}}) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
  for (const char* text : {"Zg", "Zg=", "Zh==", "Zm9=", "Zm9", "Z===", "====", "Zg==Zg==", "Zm9v\n",
                           " m9v", "Zm-v", "Zm_v", "Z=9v"}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
}

}  // namespace
}  // namespace journal
