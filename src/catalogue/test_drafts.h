#pragma once
// test_drafts.h - what the tests of drafts read from the tree, and entries made by hand.
#include <filesystem>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "catalogue/draft.h"
#include "party/organisation_csv.h"
#include "procedure/test_packages.h"

namespace catalogue {

inline const DraftPolicy& shipped_policy() {
  static const DraftPolicy policy = [] {
    auto read = read_draft_policy(
        procedure::files_below(std::filesystem::path{PROJECT_ROOT} / "data/policy"));
    EXPECT_TRUE(read) << procedure::told(read.error());
    return read ? std::move(read).value() : DraftPolicy{};
  }();
  return policy;
}

inline const party::Organisation& shipped_organisation() {
  static const party::Organisation organisation = [] {
    auto read = party::parse_organisation_csv(
        procedure::text_of_file(std::filesystem::path{PROJECT_ROOT} / "data/units/nghe-an.csv"));
    EXPECT_TRUE(read) << read.error().message;
    return read ? std::move(read).value() : party::Organisation{};
  }();
  return organisation;
}

inline DraftSources shipped_sources() {
  return {shipped_policy(), shipped_organisation(), procedure::shipped_dictionary(), nullptr};
}

inline ChannelLine channel_line(procedure::Channel channel, const std::string& limit,
                                std::vector<StatedFee> fees = {}) {
  ChannelLine line;
  line.channel = channel;
  line.raw_time = limit;
  if (!limit.empty()) line.limit = *calendar::Limit::parse(limit);
  line.fees = std::move(fees);
  return line;
}

inline StatedFee fee(FeeKind kind, std::int64_t amount = 0, std::string note = {}) {
  StatedFee stated;
  stated.kind = kind;
  stated.amount = amount;
  stated.note = std::move(note);
  return stated;
}

inline StatedComponent paper(std::string name, int originals = 1, int case_index = -1) {
  StatedComponent component;
  component.name = std::move(name);
  component.originals = originals;
  component.case_index = case_index;
  component.understood = true;
  return component;
}

// A small procedure of a commune, complete.
inline Entry commune_entry() {
  Entry entry;
  entry.code = "9.000001";
  entry.name = "Cấp giấy xác nhận thử nghiệm";
  entry.decision = "1/QĐ-BTP";
  entry.ministry = "BTP";
  entry.tiers = {Tier::commune};
  entry.field = "Hộ tịch";
  entry.subjects = {"Công dân Việt Nam"};
  entry.competent_agency = "Ủy ban nhân dân cấp xã";
  entry.channels = {channel_line(procedure::Channel::online, "3wd", {fee(FeeKind::free)}),
                    channel_line(procedure::Channel::counter, "3wd", {fee(FeeKind::free)})};
  entry.components = {paper("Tờ khai theo mẫu"), paper("Giấy khai sinh")};
  entry.legal_basis = {{"Luật Hộ tịch", "60/2014/QH13"}};
  entry.results = {{"Giấy xác nhận", "KQ.G15.000001", true}};
  entry.steps = "Nộp hồ sơ; công chức thẩm tra, trình lãnh đạo ký.";
  entry.content_hash = "hash";
  return entry;
}

inline Entry province_entry() {
  Entry entry = commune_entry();
  entry.tiers = {Tier::province};
  entry.competent_agency = "Sở Xây dựng";
  entry.ministry = "BXD";
  entry.subjects = {"Doanh nghiệp", "Công dân Việt Nam"};
  return entry;
}

inline procedure::Procedure loaded(const Draft& draft) {
  auto read = procedure::load_package(draft.files, procedure::shipped_dictionary());
  EXPECT_TRUE(read) << procedure::told(read.error());
  return read ? std::move(read).value() : procedure::Procedure{};
}

inline std::string told(const std::vector<DraftReason>& reasons) {
  std::string text;
  for (const DraftReason& one : reasons) {
    text += std::string{to_text(one.refusal)} + " " + one.detail + "\n";
  }
  return text;
}

}  // namespace catalogue
