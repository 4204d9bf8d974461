#pragma once
// test_overlays.h - the shipped lock policy, and overlays of a province that tests are told with.
#include <memory>
#include <string>
#include <string_view>

#include "procedure/lock_policy.h"
#include "procedure/overlay.h"
#include "procedure/package_tree.h"
#include "procedure/resolution.h"
#include "procedure/test_packages.h"

namespace procedure {

inline const LockPolicy& shipped_policy() {
  static const LockPolicy policy = [] {
    auto read = read_lock_policy(
        text_of_file(std::filesystem::path{PROJECT_ROOT} / "data/policy/locks.yaml"));
    EXPECT_TRUE(read) << told(read.error());
    return read ? std::move(read).value() : LockPolicy{};
  }();
  return policy;
}

inline std::shared_ptr<const BasePackage> prepared(PackageFiles files) {
  auto base = prepare(std::move(files));
  EXPECT_TRUE(base) << told(base.error());
  return base ? *base : std::make_shared<BasePackage>();
}

inline std::shared_ptr<const BasePackage> shipped_base(const std::string& code) {
  return prepared(shipped_files(code));
}

inline std::shared_ptr<const Overlay> overlay_of(std::string_view text,
                                                 const std::string& file = "overlay.yaml") {
  auto overlay = read_overlay(text, file);
  EXPECT_TRUE(overlay) << told(overlay.error());
  return std::make_shared<Overlay>(overlay ? std::move(overlay).value() : Overlay{});
}

inline calendar::Date day(std::string_view text) {
  return *calendar::parse_date(text);
}

inline AgencyChain chain(std::string_view agency) {
  return chain_of(*party::AgencyId::parse(agency));
}

// What stands before `changes:` in an overlay of Nghệ An for household businesses.
inline const std::string kProvinceHead = R"yaml(
code: "1.001612"
layer: province
agency: H41
revision: 1
effective_from: 2026-01-01
legal_basis:
  - {act: "12/2026/QĐ-UBND", article: "Điều 2", title: {vi: "Quyết định (ví dụ)", en: "Decision (example)"}}
changes:
)yaml";

// The province of the issue's story: a shorter limit, a step by delegation, a local paper, its fee.
inline const std::string kProvinceStory = kProvinceHead + R"yaml(
  - set: cases[*].limits[*].published
    to: 2wd
  - add: process.steps
    after: examine
    before: sign
    value:
      id: review
      title: {vi: "Phó Chủ tịch được ủy quyền soát xét", en: "Review by the delegated vice chairman"}
      action: process
      role: leader
      agency: competent
      limit: 2h
      status: 4
      outcomes:
        - {code: agreed, label: {vi: "Đồng ý trình ký", en: "Agreed"}, reason: false}
        - {code: redo, label: {vi: "Trả lại thẩm định", en: "Back to examination"}, reason: true, to: examine}
    basis: {act: "34/2026/QĐ-UBND", article: "Điều 1", title: {vi: "Ủy quyền (ví dụ)", en: "Delegation (example)"}, from: 2026-01-01}
  - set: process.steps[receive].limit
    to: 1h
  - set: process.steps[examine].limit
    to: 8h
  - set: process.steps[sign].limit
    to: 4h
  - set: process.steps[issue].limit
    to: 1h
  - add: components
    after: identity_paper
    value:
      id: location_commitment
      name: {vi: "Cam kết về địa điểm kinh doanh", en: "Commitment on the place of business"}
      kind: submit
      originals: 1
      required: false
    basis: {act: "5/2026/NQ-HĐND", article: "Điều 3", title: {vi: "Nghị quyết (ví dụ)", en: "Resolution (example)"}}
)yaml";

}  // namespace procedure
