#include "casework/drafts.h"

#include <thread>

#include "base/sha256.h"
#include "casework/test_workplace.h"

namespace casework {
namespace {

using test::Commune;

class Drafts : public testing::Test {
 protected:
  Drafts() {
    const auto made = create_draft(*office.workplace, content(), key);
    EXPECT_TRUE(made);
    id = base::string_or(*made, "id");
    secret = base::string_or(*made, "secret");
  }
  static DraftContent content() {
    return {.procedure = "1.001193",
            .agency = {},
            .page = "child",
            .answers = {{"requester_name", "Nguyễn Văn An"}}};
  }
  static Upload upload(const std::string& component = "birth_paper",
                       const std::string& bytes = "%PDF-1") {
    return {.bytes = bytes,
            .name = "chứng sinh.pdf",
            .declared = "application/pdf",
            .component = component,
            .owner = {}};
  }

  Commune office;
  RequestKey key{.key = "d", .hash = "h", .actor = "citizen"};
  std::string id;
  std::string secret;
};

TEST_F(Drafts, OpenWithTheirSecretOnly) {
  ASSERT_EQ(secret.size(), 20U);
  const auto shown = show_draft(*office.workplace, id, secret);
  ASSERT_TRUE(shown);
  EXPECT_FALSE(shown->contains("secret"));
  EXPECT_EQ(base::string_or(*shown, "page"), "child");
  for (const std::string& wrong : {std::string{}, secret.substr(1), std::string(20, 'A')}) {
    EXPECT_EQ(show_draft(*office.workplace, id, wrong).error().kind, FailureKind::not_found);
    EXPECT_FALSE(save_draft(*office.workplace, id, wrong, content()));
    EXPECT_FALSE(delete_draft(*office.workplace, id, wrong));
    EXPECT_FALSE(add_draft_file(*office.workplace, id, wrong, upload(), office.key()));
    EXPECT_FALSE(filing_from_draft(*office.workplace, id, wrong));
  }
}

TEST_F(Drafts, TheSameRequestMakesOneAndTellsTheSameSecret) {
  const auto again = create_draft(*office.workplace, content(), key);
  ASSERT_TRUE(again);
  EXPECT_EQ(base::string_or(*again, "id"), id);
  EXPECT_EQ(base::string_or(*again, "secret"), secret);
  key.hash = "other";
  EXPECT_EQ(create_draft(*office.workplace, content(), key).error().kind, FailureKind::key_reused);
}

TEST_F(Drafts, TheSameRequestOpensNothingOnceSomethingIsWrittenIntoIt) {
  DraftContent more = content();
  more.answers["requester_id"] = "040085000002";
  ASSERT_TRUE(save_draft(*office.workplace, id, secret, more));
  EXPECT_EQ(create_draft(*office.workplace, content(), key).error().kind, FailureKind::key_reused);
}

TEST_F(Drafts, ExpireThirtyDaysAfterTheyWereLastSaved) {
  office.clock.advance(std::chrono::hours{24 * 29});
  ASSERT_TRUE(save_draft(*office.workplace, id, secret, content()));
  office.clock.advance(std::chrono::hours{24 * 29});
  ASSERT_TRUE(show_draft(*office.workplace, id, secret));
  office.clock.advance(std::chrono::hours{24});
  EXPECT_EQ(show_draft(*office.workplace, id, secret).error().code, "draft-not-found");
  EXPECT_EQ(*office.store->delete_drafts_expired_at(office.clock.now()), 1);
}

TEST_F(Drafts, KeepFilesOnceAndLetThemGo) {
  const RequestKey upload_key = office.key();
  const auto file = add_draft_file(*office.workplace, id, secret, upload(), upload_key);
  ASSERT_TRUE(file) << file.error().code;
  const auto again = add_draft_file(*office.workplace, id, secret, upload(), upload_key);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->id, file->id);
  EXPECT_EQ(filing_from_draft(*office.workplace, id, secret)->attachments.size(), 1U);
  EXPECT_EQ(
      add_draft_file(*office.workplace, id, secret, upload("nonsense"), office.key()).error().code,
      "component-unknown");
  EXPECT_EQ(add_draft_file(*office.workplace, id, secret, upload("birth_paper", "MZ"), office.key())
                .error()
                .kind,
            FailureKind::unsupported);
  ASSERT_TRUE(remove_draft_file(*office.workplace, id, secret, file->id));
  EXPECT_TRUE(filing_from_draft(*office.workplace, id, secret)->attachments.empty());
}

TEST_F(Drafts, KeepNothingOfAFileThatIsOneTooMany) {
  const auto add = [&](int i, const RequestKey& request) {
    return add_draft_file(*office.workplace, id, secret,
                          upload("birth_paper", "%PDF-" + std::to_string(i)), request);
  };
  const RequestKey last = office.key();
  for (int i = 1; i < static_cast<int>(kDraftFilesMax); ++i) ASSERT_TRUE(add(i, office.key())) << i;
  ASSERT_TRUE(add(0, last));
  EXPECT_EQ(add(1000, office.key()).error().code, "too-many-files");
  const std::string address = base::to_hex(base::sha256("%PDF-1000"));
  EXPECT_FALSE(office.files->get(address)) << "it was refused before it was stored";
  EXPECT_TRUE(office.files->get(base::to_hex(base::sha256("%PDF-0"))));
  EXPECT_TRUE(add(0, last)) << "what was taken is told again";
}

TEST_F(Drafts, AreNotWrittenAnewByWhoSavesThemWhileTheyAreThrownAway) {
  for (int round = 0; round < 10; ++round) {
    const auto made = create_draft(*office.workplace, content(), office.key());
    ASSERT_TRUE(made);
    const std::string one = base::string_or(*made, "id");
    const std::string its = base::string_or(*made, "secret");
    std::vector<std::thread> savers;
    for (int i = 0; i < 4; ++i) {
      savers.emplace_back([&] {
        for (int n = 0; n < 100 && save_draft(*office.workplace, one, its, content());) ++n;
      });
    }
    EXPECT_TRUE(delete_draft(*office.workplace, one, its));
    for (std::thread& saver : savers) saver.join();
    EXPECT_FALSE(show_draft(*office.workplace, one, its));
  }
}

TEST_F(Drafts, FilesOfOthersAreNotTaken) {
  const auto file = add_draft_file(*office.workplace, id, secret, upload(), office.key());
  ASSERT_TRUE(file);
  EXPECT_TRUE(attachments_by_id(*office.workplace, {file->id}, {"draft:" + id}));
  EXPECT_EQ(attachments_by_id(*office.workplace, {file->id}, {"draft:x", "officer:y"}).error().code,
            "file-unknown");
  EXPECT_EQ(
      attachments_by_id(*office.workplace, std::vector<std::string>(201, "x"), {}).error().code,
      "too-many-files");
}

TEST_F(Drafts, BecomeADossierAndAreGone) {
  DraftContent full = content();
  full.answers = test::answers_for("1.001193");
  ASSERT_TRUE(save_draft(*office.workplace, id, secret, full));
  auto filing = filing_from_draft(*office.workplace, id, secret);
  ASSERT_TRUE(filing);
  filing->return_method = "online";
  const auto done = office.file(*filing);
  ASSERT_TRUE(done) << Commune::told(done.error());
  EXPECT_FALSE(show_draft(*office.workplace, id, secret));
}

}  // namespace
}  // namespace casework
