// Who gets in to the posts of a person: by which account, and what is told of it beforehand.
#include "casework/staff_accounts.h"

#include "casework/account_identity.h"
#include "casework/organisation_changes.h"
#include "casework/test_authority.h"
#include "party/test_organisation.h"

namespace casework {
namespace {

using party::Role;
using test::Commune;

constexpr const char* kThat = "040085007777";

class StaffAccounts : public testing::Test {
 protected:
  StaffAccounts() {
    auto opened =
        OrganisationRegister::open(*office.store, party::Organisation{test::shipped_organisation()},
                                   [this] { return calendar::local_date(office.clock.now()); });
    register_ = std::move(opened).value();
    office.workplace->organisation = LiveOrganisation{*register_};
    office.workplace->organisations = register_.get();
    office.officers.look_through([this](party::Officer& one) { register_->dress(one); });
    put("quantri", "Tô Minh Hiển", "H41", {Role::administrator});
    apply(OrganisationTable::positions,
          "code,title_vi,rank,roles\nchu-tich,Chủ tịch,1,leader; head\nthu-ky,Thư ký,5,\n");
  }
  void put(const std::string& username, const std::string& name, const char* agency,
           std::vector<Role> roles, const std::string& number = {}) {
    party::Officer one{.id = {"cb-" + username}, .agency = party::test::id(agency)};
    one.name = name;
    one.roles = std::move(roles);
    one.identity_number = number;
    const AccountRow row{.username = username,
                         .officer = account_text(one),
                         .officer_id = one.id.text,
                         .password_hash = "x"};
    ASSERT_TRUE(office.store->save_account(row));
    office.officers.remember(row, one);
  }
  ImportPreview preview(OrganisationTable table, const std::string& bytes) {
    const auto made = preview_import(*register_,
                                     {.table = table,
                                      .on = register_->date_of_today(),
                                      .act = party::test::an_act(),
                                      .accounts = &office.officers,
                                      .store = office.store.get()},
                                     bytes);
    EXPECT_TRUE(made) << Commune::told(made.error());
    return made ? *made : ImportPreview{};
  }
  static std::string line(const std::string& identity, const std::string& name,
                          const std::string& username, const std::string& agency,
                          const std::string& position = "chu-tich") {
    return "identity,name,username,agency,position,from\n" + identity + "," + name + "," +
           username + "," + agency + "," + position + ",2026-08-01\n";
  }
  ImportPreview people(const std::string& bytes) {
    return preview(OrganisationTable::officers, bytes);
  }
  Answer<Registered> enter(const ImportPreview& shown) {
    return register_batch(*office.workplace, office.officers.find("cb-quantri")->officer, shown,
                          {.digest = shown.digest});
  }
  void apply(OrganisationTable table, const std::string& bytes) {
    const auto done = enter(preview(table, bytes));
    EXPECT_TRUE(done) << Commune::told(done.error());
  }
  party::Officer account(const std::string& username) {
    const auto found = office.officers.find_username(username);
    EXPECT_NE(found, nullptr) << username;
    return found == nullptr ? office.officer("leader@H41") : found->officer;
  }
  static std::string refusal(const ImportPreview& shown) {
    for (const ImportLine& one : shown.lines) {
      if (one.effect == ImportEffect::refused) return one.what.en;
    }
    return {};
  }
  static std::string told(const ImportPreview& shown) {
    for (const ImportLine& one : shown.lines) {
      if (one.account) return one.what.en;
    }
    return {};
  }

  Commune office;
  std::unique_ptr<OrganisationRegister> register_;
};

TEST_F(StaffAccounts, GiveNobodysPostsToWhoeverHasTakenTheUserNameBeforehand) {
  put("chutich.105", "Kẻ Chờ Sẵn", "H41.105", {Role::clerk});
  EXPECT_NE(refusal(people(line(kThat, "Hồ Văn Thật", "chutich.105", "H41.105"))), "");
  put("chutich.105", "Hồ Văn Thật", "H41.101", {Role::clerk});
  const auto shown = people(line(kThat, "Hồ Văn Thật", "chutich.105", "H41.105"));
  EXPECT_NE(refusal(shown).find("chutich.105 (Hồ Văn Thật, H41.101"), std::string::npos);
  EXPECT_EQ(enter(shown).error().code, "lines-refused");
  put("chutich.105", "Hồ Văn Thật", "H41.105", {Role::clerk}, "040085001111");
  EXPECT_NE(refusal(people(line(kThat, "Hồ Văn Thật", "chutich.105", "H41.105"))), "");
}

TEST_F(StaffAccounts, AreGivenPostsOnlyAsThePreviewTold) {
  put("chutich.105", "HỒ VĂN THẬT", "H41.105", {Role::clerk});
  const std::string bytes = line(kThat, "Hồ Văn Thật", "chutich.105", "H41.105");
  const auto shown = people(bytes);
  EXPECT_EQ(refusal(shown), "");
  EXPECT_NE(told(shown).find("chutich.105 (HỒ VĂN THẬT, H41.105, " + party::title(Role::clerk).en),
            std::string::npos)
      << told(shown);
  EXPECT_NE(told(shown).find("chu-tich, H41.105"), std::string::npos);
  // It becomes another account meanwhile.
  put("chutich.105", "Hồ Văn Thật", "H41.105", {Role::clerk, Role::cashier});
  const auto now = people(bytes);
  const auto late =
      register_batch(*office.workplace, account("quantri"), now, {.digest = shown.digest});
  EXPECT_EQ(late.error().code, "preview-outdated");
  EXPECT_TRUE(enter(now));
  EXPECT_EQ(account("chutich.105").identity_number, kThat);
  EXPECT_TRUE(account("chutich.105").has_role(Role::leader));
}

TEST_F(StaffAccounts, ToldByNumberAloneAreToldToo) {
  put("ai.do", "Hồ Văn Thật", "H41.101", {Role::clerk}, kThat);
  const auto shown = people(line(kThat, "Hồ Văn Thật", "", "H41.105"));
  EXPECT_EQ(refusal(shown), "");
  EXPECT_NE(told(shown).find("ai.do (Hồ Văn Thật, H41.101"), std::string::npos) << told(shown);
}

TEST_F(StaffAccounts, OfAnotherAreNotLinkedByWhatWasRegisteredWithoutAPreviewOfThem) {
  put("chutich.105", "Kẻ Chờ Sẵn", "H41.101", {Role::clerk});
  const auto unseen = preview_import(*register_,
                                     {.table = OrganisationTable::officers,
                                      .on = register_->date_of_today(),
                                      .act = party::test::an_act()},
                                     line(kThat, "Hồ Văn Thật", "chutich.105", "H41.105"));
  ASSERT_TRUE(unseen);
  ASSERT_TRUE(
      register_batch(*office.workplace, dossier::Actor{}, *unseen, {.digest = unseen->digest}));
  EXPECT_EQ(*keep_accounts(*office.workplace), 0);
  EXPECT_EQ(account("chutich.105").identity_number, "");
  EXPECT_FALSE(account("chutich.105").has_role(Role::leader));
}

TEST_F(StaffAccounts, AreNotTakenOnByTheAdministratorHimselfInTwoSteps) {
  EXPECT_EQ(enter(people(line(kThat, "Tô Minh Hiển", "quantri", "H41"))).error().code,
            "own-authority");
  apply(OrganisationTable::officers, line(kThat, "Tô Minh Hiển", "", "H41"));
  EXPECT_EQ(enter(people(line(kThat, "Tô Minh Hiển", "quantri", "H41"))).error().code,
            "own-authority");
  EXPECT_FALSE(account("quantri").has_role(Role::leader));
  // A post that gives nothing may be his own, and what it gives afterwards may not.
  apply(OrganisationTable::officers,
        line("040085002222", "Tô Minh Hiển", "quantri", "H41", "thu-ky"));
  EXPECT_EQ(account("quantri").identity_number, "040085002222");
  EXPECT_EQ(enter(preview(OrganisationTable::positions,
                          "code,title_vi,rank,roles\nthu-ky,Thư ký,5,leader\n"))
                .error()
                .code,
            "own-authority");
  EXPECT_EQ(enter(people("identity,name,username,agency,position,from,concurrent\n"
                         "040085002222,Tô Minh Hiển,quantri,H41.101,chu-tich,2026-08-01,x\n"))
                .error()
                .code,
            "own-authority");
}

TEST_F(StaffAccounts, HaveUserNamesAsTheFormTakesThem) {
  for (const std::string& bad : {std::string{"a b"}, std::string{"có.dấu"}, std::string{"../../x"},
                                 std::string{"ab"}, std::string(80, 'x')}) {
    EXPECT_NE(refusal(people(line(kThat, "Hồ Văn Thật", bad, "H41.105"))).find("User name"),
              std::string::npos)
        << bad;
  }
  EXPECT_EQ(refusal(people(line(kThat, "Hồ Văn Thật", "Chutich.105", "H41.105"))), "");
}

}  // namespace
}  // namespace casework
