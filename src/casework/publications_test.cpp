// What is in force for whom and when, on the real store.
#include "casework/publications.h"

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "casework/definition_kinds.h"
#include "casework/test_stores.h"
#include "procedure/test_packages.h"

namespace casework {
namespace {

using calendar::Date;

Date day(const char* text) {
  return *calendar::parse_date(text);
}

Publication revision(const char* digest, const char* from, const char* to = "") {
  procedure::Card card = procedure::card_of(procedure::shipped("1.001193"));
  card.digest = digest;
  return {.code = "1.001193",
          .digest = digest,
          .from = calendar::parse_date(from),
          .to = calendar::parse_date(to),
          .origin = "folder",
          .approval = {.proposed_by = "a",
                       .proposed_by_name = "Đặng Thị Ả",
                       .approved_by = "b",
                       .approved_by_name = "B",
                       .at = {}},
          .card = card};
}

TEST(Publication, OfTheRevisionsInForceTheLatestBegunCounts) {
  const std::vector<Publication> all{revision("old", "2025-07-01"), revision("new", "2026-10-01"),
                                     revision("mended", "2026-10-01"),
                                     revision("short", "2026-11-01", "2026-11-30")};
  EXPECT_EQ(in_force(all, day("2025-06-30")), nullptr);
  EXPECT_EQ(in_force(all, day("2025-07-01"))->digest, "old");
  EXPECT_EQ(in_force(all, day("2026-09-30"))->digest, "old");
  EXPECT_EQ(in_force(all, day("2026-10-01"))->digest, "mended") << "of one day, the one said last";
  EXPECT_EQ(in_force(all, day("2026-11-30"))->digest, "short");
  EXPECT_EQ(in_force(all, day("2026-12-01"))->digest, "mended");
}

TEST(Publication, AWithdrawalEndsWhatWasBeforeItAndWhatWasToCome) {
  Publication end = revision("old", "2027-01-01");
  end.origin = "withdrawal";
  std::vector<Publication> all{revision("old", "2025-07-01"), revision("to come", "2027-02-01"),
                               end};
  EXPECT_EQ(in_force(all, day("2026-12-31"))->digest, "old");
  EXPECT_EQ(in_force(all, day("2027-01-01")), nullptr);
  EXPECT_EQ(in_force(all, day("2027-03-01")), nullptr) << "neither what was to come";
  // A correction that begins before that day does not put it off.
  all.push_back(revision("corrected", "2026-12-01"));
  EXPECT_EQ(in_force(all, day("2026-12-31"))->digest, "corrected");
  EXPECT_EQ(in_force(all, day("2027-01-01")), nullptr);
  all.push_back(revision("again", "2027-06-01"));
  EXPECT_EQ(in_force(all, day("2027-05-31")), nullptr);
  EXPECT_EQ(in_force(all, day("2027-06-01"))->digest, "again");
}

OverlayPublication piece(const char* digest, const char* from, const char* to = "",
                         const char* text = "x") {
  return {.code = "1.001193",
          .agency = "H41",
          .digest = digest,
          .from = calendar::parse_date(from),
          .to = calendar::parse_date(to),
          .approval = {},
          .text = text};
}

std::string spelled(const std::vector<OverlayPublication>& pieces) {
  std::string text;
  for (const OverlayPublication& one : each_in_its_time(pieces)) {
    text += one.digest + " " + (one.from ? calendar::to_iso(*one.from) : "") + ".." +
            (one.to ? calendar::to_iso(*one.to) : "") + "; ";
  }
  return text;
}

TEST(OverlayPublication, EachCountsUntilALaterOneBegins) {
  EXPECT_EQ(spelled({piece("a", "2026-01-01"), piece("b", "2026-12-01")}),
            "a 2026-01-01..2026-11-30; b 2026-12-01..; ");
  EXPECT_EQ(spelled({piece("a", "2026-01-01"), piece("b", "2026-12-01", "2026-12-31")}),
            "a 2026-01-01..2026-11-30; a 2027-01-01..; b 2026-12-01..2026-12-31; ")
      << "a temporary one gives way again";
  EXPECT_EQ(spelled({piece("a", "2026-01-01"), piece("b", "2026-01-01")}), "b 2026-01-01..; ");
  OverlayPublication elsewhere = piece("c", "2026-06-01");
  elsewhere.agency = "H42";
  EXPECT_EQ(spelled({piece("a", "2026-01-01"), elsewhere}), "a 2026-01-01..; c 2026-06-01..; ");
}

TEST(OverlayPublication, AWithdrawalLeavesNothingOver) {
  EXPECT_EQ(spelled({piece("a", "2026-01-01"), piece("b", "2027-01-01"),
                     piece("", "2026-12-01", "", "")}),
            "a 2026-01-01..2026-11-30; ");
}

TEST(Publication, IsReadBackAsItWasWritten) {
  const std::vector<Publication> all{revision("old", ""),
                                     revision("new", "2026-10-01", "2026-12-31")};
  const auto read = read_publications("1.001193", to_body(all));
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->size(), 2U);
  EXPECT_FALSE(read->front().from.has_value());
  EXPECT_EQ(read->back().to, day("2026-12-31"));
  EXPECT_EQ(read->back().approval.proposed_by_name, "Đặng Thị Ả");
  EXPECT_EQ(read->back().card.name.vi, procedure::shipped("1.001193").name.vi);
  EXPECT_FALSE(read_publications("1.000000", to_body(all))) << "of another procedure";
  EXPECT_FALSE(read_publications("1.001193", "{}"));
  EXPECT_FALSE(read_publications("1.001193", "[1,"));
}

// The office of a province with one commune that may change what it likes.
class PublicationsOfAnOffice : public ::testing::Test {
 protected:
  PublicationsOfAnOffice() {
    std::string name = (std::filesystem::temp_directory_path() / "motcua-pub-XXXXXX").string();
    folder_ = std::filesystem::path{::mkdtemp(name.data())};
    store = test::open_test_store(folder_);
    const auto files = procedure::shipped_files("1.004873");
    base_digest = procedure::digest_of(files);
    EXPECT_TRUE(store->save_revision(base_digest, "1.004873", files_text(files)));
    auto locks = procedure::read_lock_policy(
        "locks:\n"
        "  - path: notes\n"
        "    reason: {vi: \"a\", en: \"a\"}\n"
        "    basis: \"b\"\n"
        "    province: additive\n"
        "    commune: additive\n");
    EXPECT_TRUE(locks) << (locks ? "" : locks.error().front().message);
    publications = std::make_unique<Publications>(
        std::vector<ProcedurePtr>{
            std::make_shared<const procedure::Procedure>(procedure::shipped("1.004873"))},
        procedure::shipped_dictionary(),
        [this](const std::string& digest) { return store->find_revision(digest); },
        PublicationSurroundings{.today = [this] { return today; },
                                .home = "H41",
                                .chain =
                                    [](const std::string& agency) {
                                      return procedure::chain_of(*party::AgencyId::parse(agency));
                                    },
                                .locks = std::move(locks).value(),
                                .keep =
                                    [this](const std::string& digest, const std::string& code,
                                           const std::string& text) {
                                      ++kept;
                                      return store->save_revision(digest, code, text);
                                    }});
  }
  ~PublicationsOfAnOffice() override {
    publications.reset();
    store.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  void publish(const char* kind, const std::string& key, const std::string& body) {
    const auto newest = store->find_definition(kind, key, 0);
    ASSERT_TRUE(newest);
    const auto saved =
        store->save_definitions({{.kind = kind,
                                  .key = key,
                                  .version = newest->has_value() ? (*newest)->version + 1 : 1,
                                  .at = {},
                                  .actor = {},
                                  .digest = {},
                                  .body = body}});
    ASSERT_TRUE(saved) << saved.error().message;
  }
  void lay_over(const std::string& agency, const std::string& note, const char* from) {
    const std::string layer = agency == "H41" ? "province" : "commune";
    const std::string text =
        "code: \"1.004873\"\nlayer: " + layer + "\nagency: " + agency +
        "\nlegal_basis:\n  - {act: \"1/QĐ\", title: {vi: a, en: a}}\neffective_from: " + from +
        "\nchanges:\n  - add: notes\n    value: {vi: \"" + note + "\", en: \"" + note + "\"}\n";
    publish(definition::kOverlay, "1.004873@" + agency,
            to_body(std::vector<OverlayPublication>{{.code = "1.004873",
                                                     .agency = agency,
                                                     .digest = "d" + agency,
                                                     .from = calendar::parse_date(from),
                                                     .to = {},
                                                     .approval = {},
                                                     .text = text}}));
  }
  std::string last_note(const std::string& agency, const char* on) {
    const auto found = publications->find("1.004873", agency, day(on));
    EXPECT_TRUE(found) << (found ? "" : found.error().message);
    if (!found || *found == nullptr) return "nothing";
    return (*found)->notes.empty() ? "" : (*found)->notes.back().vi;
  }

  std::unique_ptr<Store> store;
  std::unique_ptr<Publications> publications;
  std::string base_digest;
  Date today = day("2026-08-20");
  int kept = 0;

 private:
  std::filesystem::path folder_;
};

TEST_F(PublicationsOfAnOffice, AnAgencySeesItsOwnAndWhatStandsAboveIt) {
  const std::string plain = last_note("H41.101", "2026-08-20");
  lay_over("H41", "tỉnh", "2026-09-01");
  lay_over("H41.101", "xã", "2026-10-01");
  ASSERT_TRUE(publications->refresh(*store));
  EXPECT_EQ(last_note("H41.101", "2026-08-31"), plain);
  EXPECT_EQ(last_note("H41.101", "2026-09-01"), "tỉnh");
  EXPECT_EQ(last_note("H41.101", "2026-10-01"), "xã");
  EXPECT_EQ(last_note("H41.102", "2026-10-01"), "tỉnh");
  EXPECT_EQ(last_note("H42.101", "2026-10-01"), plain);
  // 130 communes without an overlay of their own share one value.
  const auto one = publications->find("1.004873", "H41.102", day("2026-10-01"));
  const auto other = publications->find("1.004873", "H41.230", day("2026-12-01"));
  EXPECT_EQ(one->get(), other->get());
  EXPECT_EQ(kept, 2) << "each difference is kept once";
}

TEST_F(PublicationsOfAnOffice, WhatTakesEffectTomorrowIsListedTomorrow) {
  lay_over("H41", "từ mai", "2026-08-21");
  ASSERT_TRUE(publications->refresh(*store));
  const std::string before = publications->all().front()->digest;
  EXPECT_EQ(before, base_digest);
  EXPECT_FALSE(*publications->refresh(*store)) << "nothing is new";
  today = day("2026-08-21");
  EXPECT_TRUE(*publications->refresh(*store));
  const std::string after = publications->all().front()->digest;
  EXPECT_NE(after, before);
  EXPECT_EQ(publications->find("1.004873")->digest, after);
  EXPECT_EQ(publications->search("độc thân").front()->digest, after);
  // A dossier that pins the one before, or this one, goes on with it, in another program too.
  EXPECT_EQ((*publications->pinned(before))->digest, before);
  EXPECT_TRUE(store->find_revision(after)->has_value());
}

TEST_F(PublicationsOfAnOffice, AWithdrawnProcedureIsGoneFromItsDayOnAndItsDossiersGoOn) {
  Publication ended = publications->revisions("1.004873").front();
  ended.origin = "withdrawal";
  ended.from = day("2026-09-01");
  publish(definition::kPackage, "1.004873", to_body(std::vector<Publication>{ended}));
  ASSERT_TRUE(publications->refresh(*store));
  EXPECT_NE(publications->find("1.004873"), nullptr);
  today = day("2026-09-01");
  ASSERT_TRUE(publications->refresh(*store));
  EXPECT_EQ(publications->find("1.004873"), nullptr);
  EXPECT_TRUE(publications->all().empty());
  EXPECT_TRUE(publications->search("").empty());
  EXPECT_TRUE(publications->pinned(base_digest));
}

TEST_F(PublicationsOfAnOffice, WhatCannotBeReadChangesNothing) {
  publish(definition::kOverlay, "1.004873@H41",
          to_body(std::vector<OverlayPublication>{{.code = "1.004873",
                                                   .agency = "H41",
                                                   .digest = "d",
                                                   .from = {},
                                                   .to = {},
                                                   .approval = {},
                                                   .text = "no overlay at all"}}));
  EXPECT_FALSE(publications->refresh(*store));
  EXPECT_EQ(publications->find("1.004873")->digest, base_digest);
}

}  // namespace
}  // namespace casework
