// golden_proofs_test.cpp - proof files that every verifier has to judge alike.
//
// tests/golden/journal/index.json says of each file whether it verifies with the keys beside it,
// and why not.  The files are worked out anew and compared; MOTCUA_WRITE_GOLDEN=1 writes them.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "base/json.h"
#include "journal/line_reader.h"
#include "journal/test_journal.h"

namespace journal {
namespace {

constexpr const char* kOrigin = "motcua.nghean.gov.vn/H41";

std::filesystem::path folder() {
  return std::filesystem::path{PROJECT_ROOT} / "tests/golden/journal";
}

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

struct Golden {
  std::string text;
  bool verifies = false;
  std::string why;  // of one that does not
};
using Goldens = std::map<std::string, Golden>;

// Replaces the first `from`, which has to be there.
std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

std::string line_that_begins(const std::string& text, const std::string& start) {
  const std::size_t at = text.find("\n" + start) + 1;
  return text.substr(at, text.find('\n', at) + 1 - at);
}

class GoldenProofs : public testing::Test {
 protected:
  const SigningKey key_ = test::key_of(kOrigin, 41);
  const SigningKey older_ = test::key_of(kOrigin, 40);  // of the same name, known as well
  const SigningKey witness_ = test::key_of("nhan-chung.example", 7);  // known
  const SigningKey stranger_ = test::key_of("la.example/witness", 8);
  const SigningKey impostor_ = test::key_of(kOrigin, 666);  // bears the name, is not known
  test::MemoryTree tree_{test::record_leaves(70'000)};

  [[nodiscard]] std::string keys() const {
    return key_.verifier().text() + "\n" + older_.verifier().text() + "\n" +
           witness_.verifier().text() + "\n";
  }
  [[nodiscard]] ProofFile proof(std::int64_t index, std::int64_t size, bool opened = false) {
    return test::proof_of(tree_, index, size, opened, key_);
  }

  void add_good(Goldens& files) {
    const std::pair<std::int64_t, std::int64_t> places[] = {
        {0, 1},           {0, 2},           {1, 2},     {3, 7},     {6, 7},
        {0, 256},         {255, 256},       {256, 257}, {100, 257}, {69'999, 70'000},
        {65'535, 70'000}, {65'536, 70'000}, {4, 7},     {13, 256},  {40'000, 70'000}};
    for (const auto& [index, size] : places) {
      const std::string name = std::to_string(index) + "-of-" + std::to_string(size);
      files[name + ".proof"] = {proof_file_text(proof(index, size)), true, ""};
      files[name + "-opened.proof"] = {proof_file_text(proof(index, size, true)), true, ""};
    }
    ProofFile seen = proof(3, 7, true);
    Note note = parse_note(seen.checkpoint).value();
    add_signature(note, stranger_);
    note.signatures.push_back({.name = "khac.example", .key_hash = 0xFFFFFFFF, .bytes = "x"});
    seen.checkpoint = note_text(note);
    files["strangers-sign-too.proof"] = {proof_file_text(seen), true, ""};
    add_signature(note, witness_);
    seen.checkpoint = note_text(note);
    files["witness-signs-too.proof"] = {proof_file_text(seen), true, ""};
    note = parse_note(proof(3, 7).checkpoint).value();
    note.signatures.clear();
    add_signature(note, stranger_);
    add_signature(note, older_);
    seen.checkpoint = note_text(note);
    files["older-key-signs.proof"] = {proof_file_text(seen), true, ""};
  }

  void add_untrue(Goldens& files) {
    const auto bad = [&files](const std::string& name, const std::string& text,
                              const std::string& why) {
      files["bad-" + name + ".proof"] = {text, false, why};
    };
    const ProofFile good = proof(3, 7, true);
    const std::string text = proof_file_text(good);
    ProofFile other = good;
    other.index = 2;
    bad("index", proof_file_text(other), "inclusion: another index");
    other = good;
    other.index = 7;
    bad("index-beyond", proof_file_text(other), "inclusion: the tree has no such leaf");
    other = good;
    std::swap(other.path[0], other.path[1]);
    bad("path-swapped", proof_file_text(other), "inclusion: hashes of the path in another order");
    other = good;
    other.path.pop_back();
    bad("path-short", proof_file_text(other), "inclusion: a hash of the path is missing");
    other = good;
    other.path.push_back(other.path.back());
    bad("path-long", proof_file_text(other), "inclusion: a hash too many in the path");
    other = good;
    other.path.clear();
    bad("path-empty", proof_file_text(other), "inclusion: no path");
    other = good;
    other.path[1][31] ^= std::byte{0x80};
    bad("path-bit", proof_file_text(other), "inclusion: one bit of the path");
    other = proof(0, 1);
    other.checkpoint = good.checkpoint;
    bad("other-tree", proof_file_text(other), "inclusion: path of a tree of another size");
    bad("leaf-at", with(text, "at 17950000", "at 17950001"), "inclusion: another moment");
    bad("leaf-number", with(text, "number -", "number H41-1"), "inclusion: another number");
    bad("leaf-tenant", with(text, "tenant H41", "tenant H42"), "inclusion: another tenant");
    other = good;
    other.opening->payload[0] = '[';
    bad("payload", proof_file_text(other), "content: another payload");
    other = good;
    other.opening->actor_name = "Nguyễn Văn Đức";
    bad("actor", proof_file_text(other), "content: another actor");
    other = good;
    other.opening->salt[15] = static_cast<char>(other.opening->salt[15] ^ 1);
    bad("salt", proof_file_text(other), "content: another salt");
    other = good;
    other.opening->actor_name = "Tr\xE1\xBA\xA7n Văn Đức";
    bad("actor-composed", proof_file_text(other), "content: the same name in other bytes");
    other = good;
    other.opening->actor_id += other.opening->actor_name;
    other.opening->actor_name.clear();
    bad("actor-joined", proof_file_text(other), "content: id and name run together");

    const TreeHead head = parse_checkpoint(good.checkpoint)->head;
    other = good;
    other.checkpoint = sign_checkpoint(head, impostor_);
    bad("impostor", proof_file_text(other), "signature: a key that is not known");
    other.checkpoint = with(good.checkpoint, "\n7\n", "\n8\n");
    bad("size", proof_file_text(other), "signature: another size");
    other.checkpoint = with(good.checkpoint, kOrigin, "motcua.nghean.gov.vn/H42");
    bad("origin", proof_file_text(other), "signature: another origin");
    Note note = parse_note(good.checkpoint).value();
    note.signatures.clear();
    add_signature(note, witness_);
    other.checkpoint = note_text(note);
    bad("witness-alone", proof_file_text(other),
        "signature: a known key, but none that bears the name of the origin");
    note = parse_note(good.checkpoint).value();
    add_signature(note, witness_);
    note.signatures[1].bytes[5] = static_cast<char>(note.signatures[1].bytes[5] ^ 1);
    other.checkpoint = note_text(note);
    bad("witness-wrong", proof_file_text(other),
        "signature: a known key is named that did not sign this");
    note = parse_note(good.checkpoint).value();
    note.signatures[0].bytes[63] = static_cast<char>(note.signatures[0].bytes[63] ^ 1);
    other.checkpoint = note_text(note);
    bad("signature-bit", proof_file_text(other), "signature: one bit");
    note.signatures[0].bytes.resize(63);
    other.checkpoint = note_text(note);
    bad("signature-short", proof_file_text(other), "signature: 63 bytes");
    note = parse_note(good.checkpoint).value();
    note.signatures[0].key_hash ^= 1U;
    other.checkpoint = note_text(note);
    bad("key-hash", proof_file_text(other), "signature: the hash of no known key");
  }

  void add_malformed(Goldens& files) {
    const auto bad = [&files](const std::string& name, const std::string& text,
                              const std::string& why) {
      files["bad-form-" + name + ".proof"] = {text, false, "form: " + why};
    };
    const ProofFile good = proof(3, 7, true);
    const std::string text = proof_file_text(good);
    bad("empty", "", "nothing");
    bad("header", with(text, "motcua-proof-v1", "motcua-proof-v2"), "another version");
    bad("bom", "\xEF\xBB\xBF" + text, "a byte order mark");
    bad("cut", text.substr(0, text.size() - 1), "the last line has no end");
    bad("no-signature", with(text, line_that_begins(text, "\xE2\x80\x94"), ""), "not signed");
    bad("tail", text + "x\n", "a line too many");
    bad("tail-empty", text + "\n", "an empty line too many");
    bad("index-zero", with(text, "index 3", "index 03"), "a leading zero");
    bad("index-sign", with(text, "index 3", "index +3"), "a sign");
    bad("index-big", with(text, "index 3", "index 18446744073709551619"), "2^64 + 3");
    bad("index-space", with(text, "index 3", "index  3"), "two spaces");
    bad("size-zero", with(text, "\n7\n", "\n07\n"), "a leading zero");
    bad("size-negative", with(text, "\n7\n", "\n-7\n"), "a sign");
    const std::string hash = to_base64(bytes_of(good.path[0]));
    bad("hash-padding", with(text, hash + "\n", hash.substr(0, 43) + "\n"), "no padding");
    std::string loose = hash;
    loose[42] = loose[42] == 'Z' ? 'Y' : static_cast<char>(loose[42] + 1);
    bad("hash-bits", with(text, hash, loose), "bits that stand for nothing are set");
    std::string url = hash;
    url[3] = '-';
    bad("hash-alphabet", with(text, hash, url), "the other base64 alphabet");
    bad("hash-short", with(text, hash, to_base64("abc")), "a hash of three bytes");
    const std::string content = line_that_begins(good.leaf, "content ");
    std::string upper = content;
    for (char& c : upper) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c;
    bad("leaf-upper", with(text, content, upper), "hexadecimal in upper case");
    bad("leaf-kind", with(text, "kind event", "kind Event"), "an unknown kind");
    bad("leaf-order", with(with(text, "sequence 2\n", ""), "type ", "sequence 2\ntype "),
        "lines in another order");
    bad("leaf-subject", with(text, line_that_begins(good.leaf, "subject "), "subject \n"),
        "an empty text");
    bad("leaf-control", with(text, "subject d", "subject \td"), "a control character");
    bad("leaf-utf8", with(text, "subject d", "subject \xFF"), "not UTF-8");
    bad("leaf-more", with(text, content, content + "more x\n"), "a line too many");
    bad("salt-short", with(text, to_base64(good.opening->salt), to_base64("12345678")),
        "a salt of eight bytes");
    bad("actor-three", with(text, " " + to_base64("H41.5.11"), ""), "three texts of the actor");
    bad("actor-empty", with(text, "payload", "actor - - - -\npayload"), "a line too many");
    bad("no-payload", with(text, line_that_begins(text, "payload "), ""), "no payload");
    bad("timestamp", text + "\ntimestamp !\n", "not base64");
    bad("timestamp-twice", text + "\ntimestamp AAAA\ntimestamp AAAA\n", "two time-stamps");
    bad("dash", with(text, "\xE2\x80\x94 ", "- "), "a hyphen before the signature");
    const std::string signature = line_that_begins(good.checkpoint, "\xE2\x80\x94");
    const std::string base64 = signature.substr(signature.rfind(' ') + 1);
    bad("signature-base64", with(text, base64, base64.substr(0, 59) + "\n"), "cut base64");
  }
};

TEST_F(GoldenProofs, AreJudgedAsTheirIndexSays) {
  Goldens files;
  add_good(files);
  add_untrue(files);
  add_malformed(files);
  const auto known = parse_keys(keys()).value();

  base::json::array index;
  for (const auto& [name, golden] : files) {
    SCOPED_TRACE(name);
    const auto parsed = parse_proof_file(golden.text);
    EXPECT_EQ(parsed.has_value(), !golden.why.starts_with("form: "));
    bool ok = false;
    std::string_view word = "malformed";
    if (parsed) {
      const ProofChecks checks = check_proof(*parsed, known);
      ok = checks.ok();
      word = judgement(checks);
      EXPECT_EQ(ok, word == "good");
      EXPECT_EQ(proof_file_text(*parsed), golden.text);
      if (golden.why.starts_with("content")) {
        EXPECT_EQ(checks.content, Check::failed);
      }
      if (golden.why.starts_with("inclusion")) {
        EXPECT_EQ(checks.inclusion, Check::failed);
      }
      if (golden.why.starts_with("signature")) {
        EXPECT_EQ(checks.signature, Check::failed);
      }
    }
    EXPECT_EQ(ok, golden.verifies);
    index.push_back(
        base::json::object{{"file", name},
                           {"verifies", golden.verifies},
                           {"judgement", word},
                           {"opened", parsed.has_value() && parsed->opening.has_value()},
                           {"why", golden.why}});
  }

  std::map<std::string, std::string> written{{"keys", keys()}};
  for (auto& [name, golden] : files) written[name] = golden.text;
  std::string lines = "[\n";
  for (std::size_t i = 0; i < index.size(); ++i) {
    lines += base::to_text(index[i]) + (i + 1 < index.size() ? ",\n" : "\n");
  }
  written["index.json"] = lines + "]\n";
  for (const std::int64_t size : {0, 1, 2, 7, 256, 257, 70'000}) {
    StoredTree stored{tree_.source()};
    written["checkpoint-" + std::to_string(size)] = sign_checkpoint(
        {.origin = kOrigin, .size = size, .root = stored.root_at(size).value()}, key_);
  }
  for (const auto& [name, text] : written) {
    if (std::getenv("MOTCUA_WRITE_GOLDEN") != nullptr) {
      std::filesystem::create_directories(folder());
      std::ofstream{folder() / name, std::ios::binary} << text;
    }
    EXPECT_EQ(read(folder() / name), text) << name << ": a published format changed";
  }
}

}  // namespace
}  // namespace journal
