#pragma once
// test_dossiers.h - the shipped procedures with answers that are acceptable, and a dossier that
// lives through commands the way the store would let it: numbers allotted, events applied.
#include <map>
#include <string>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "calendar/test_calendar.h"
#include "dossier/decide.h"
#include "dossier/dossier.h"
#include "procedure/test_packages.h"

namespace dossier::test {

using calendar::test::at;
using procedure::shipped;

inline const calendar::OfficeCalendar& office() {
  static const calendar::OfficeCalendar calendar = calendar::test::office();
  return calendar;
}

inline const char* const kThursday = "2026-08-20T10:00:00+07:00";
inline const char* const kCommune = "H41.101";
inline const char* const kCommuneCentre = "H41.101.01";
inline const char* const kCommunePolice = "H41.016.101";
inline const char* const kInsurance = "H41.017";
inline const char* const kDepartment = "H41.002";
inline const char* const kProvince = "H41";
inline const char* const kProvincialCentre = "H41.001.01";

// Complete answers of an ordinary case on 20/8/2026.  `commune`: five-digit code.
inline base::json::object answers_for(const std::string& code,
                                      const std::string& commune = "16681") {
  const auto parse = [&](std::string text) {
    for (std::size_t at = text.find("COMMUNE"); at != std::string::npos;
         at = text.find("COMMUNE", at)) {
      text.replace(at, 7, commune);
    }
    auto json = base::parse_json(text);
    EXPECT_TRUE(json) << text;
    return json ? json->as_object() : base::json::object{};
  };
  if (code == "1.001193") {
    return parse(R"({"requester_name":"Nguyễn Văn An","requester_id":"040085000002",
      "relation":"father","requester_phone":"0912345678","requester_email":"an@example.vn",
      "child_situation":"ordinary","child_name":"Nguyễn Đức Bình","child_birth_date":"2026-08-10",
      "child_sex":"male","child_ethnicity":"Kinh","child_hometown":"Nghệ An",
      "birth_place":"Bệnh viện Sản Nhi Nghệ An","birth_proof":"birth_paper",
      "birth_paper_number":"GCS-2026-0001","mother_name":"Trần Thị Đào","mother_id":"040190000001",
      "mother_birth_date":"1990","father_declared":true,"father_name":"Nguyễn Văn An",
      "father_id":"040085000002","father_birth_date":"1985",
      "marriage_registration":"registered","marriage_certificate_number":"12/2015",
      "registration_commune":"COMMUNE","extract_copies":0})");
  }
  if (code == "1.004873") {
    return parse(R"({"for_self":true,"requester_name":"Lê Thị Hồng","requester_id":"040195000003",
      "requester_phone":"0912345679","person_birth_date":"1995-03-02","person_sex":"female",
      "person_residence":"Xóm 3, Nghệ An","marital_status":"never_married","purpose":"other",
      "other_purpose":"Bổ sung hồ sơ","reissue":false,"residence_commune":"COMMUNE",
      "fee_exemption":"none"})");
  }
  if (code == "2.000815") {
    return parse(R"({"requester_name":"Phạm Quốc Đạt","requester_phone":"0912345670",
      "documents":[{"document_title":"Bằng tốt nghiệp","pages":4,"copies":2}],
      "foreign_document":false,"office_commune":"COMMUNE"})");
  }
  if (code == "1.001612") {
    return parse(R"({"owner_name":"Hồ Sỹ Hùng","owner_id":"040088000004",
      "owner_birth_date":"1988-01-01","owner_sex":"male","owner_phone":"0912345671",
      "founder":"individual","by_proxy":false,"business_name":"Tạp hóa Hùng",
      "business_capital":50000000,"business_workers":2,
      "business_lines":[{"line":"Bán lẻ tạp hóa","line_code":"4711"}],
      "business_commune":"COMMUNE","business_address":"Số 1 đường Lê Lợi"})");
  }
  if (code == "1.000894") {
    return parse(R"({"husband_name":"Vi Văn Khởi","husband_id":"040096000006",
      "husband_birth_date":"1996-09-30","husband_ethnicity":"Thái","husband_commune":"COMMUNE",
      "husband_address":"Bản Na Kho","husband_marital_status":"never_married",
      "wife_name":"Trần Thị Ngọc Ánh","wife_id":"040199000007","wife_birth_date":"1999-04-12",
      "wife_commune":"COMMUNE","wife_address":"Khối 7","wife_marital_status":"never_married",
      "registration_commune":"COMMUNE","status_lookup":"found","extract_copies":1,
      "requester_name":"Trần Thị Ngọc Ánh","requester_id":"040199000007",
      "requester_phone":"0912345673"})");
  }
  if (code == "1.013225") {
    return parse(R"({"owner_kind":"person","owner_name":"Đặng Đình Ưởng",
      "owner_id":"040085054321","owner_address":"Khối 7, Nghệ An","owner_phone":"0912345674",
      "work_kind":"house","site_commune":"COMMUNE","site_address":"Thửa 112, tờ bản đồ 24",
      "lot_area":150,"adjacent":false,"land_paper":"use","certificate_number":"BX 123456",
      "land_areas_stated":true,"leased":false,"building_area":90,"floor_area":270,"floors":3,
      "height":"11,5","designer":"Công ty Kiến trúc Sông Lam","fire_review":false,
      "design_review":false})");
  }
  if (code == "2.001263") {
    return parse(R"({"adopter_name":"Hồ Thị Thanh Hương","adopter_id":"040186023457",
      "adopter_birth_date":"1986-03-03","adopter_address":"Khối 4, Nghệ An",
      "adopter_phone":"0912345675","adopts_as":"couple","spouse_name":"Phan Đình Lực",
      "spouse_id":"040084011223","relation":"stranger","merit":false,"child_health":"ordinary",
      "child_name":"Nguyễn Minh Châu","child_birth_date":"2021-05-14","child_sex":"female",
      "child_residence":"Xóm 2, Nghệ An","child_situation":"parents","in_institution":false,
      "consents":true,"registration_commune":"COMMUNE","health_paper_date":"2026-07-01",
      "circumstances_date":"2026-07-01"})");
  }
  if (code == "1.004222") {
    return parse(R"({"requester_name":"Hoàng Thị Ngọc Quỳnh","requester_id":"040198067890",
      "requester_birth_date":"1998-11-05","requester_sex":"female","requester_phone":"0912345676",
      "residence_commune":"COMMUNE","residence_address":"Số 15, đường Lê Lợi","housing":"own",
      "certificate_number":"BX 654321","members":[{"full_name":"Phan Hoàng Minh",
      "personal_id":"040224000789","birth_date":"2024-05-05"}]})");
  }
  if (code == "3.000722") {
    return parse(R"({"requester_name":"Nguyễn Văn An","requester_id":"040085000002",
      "relation":"father","requester_phone":"0912345678","child_name":"Nguyễn Đức Bình",
      "child_birth_date":"2026-08-10","child_sex":"male","child_ethnicity":"Kinh",
      "child_hometown":"Nghệ An","birth_place":"Bệnh viện Sản Nhi Nghệ An",
      "birth_proof":"birth_paper","birth_paper_number":"GCS-2026-0001",
      "mother_name":"Trần Thị Đào","mother_id":"040190000001","mother_birth_date":"1990",
      "father_declared":true,"father_name":"Nguyễn Văn An","father_id":"040085000002",
      "father_birth_date":"1985","registration_commune":"COMMUNE","housing":"parents",
      "head_name":"Nguyễn Văn An","head_id":"040085000002","residence_address":"Số 12, ngõ 5",
      "clinic":"Trạm y tế phường Thành Vinh"})");
  }
  return parse(R"({"applicant_name":"Công ty Đất Việt","applicant_tax_code":"0100109106",
      "applicant_address":"Vinh, Nghệ An","representative_name":"Đặng Thị Lan",
      "representative_id":"040180000005","contact_phone":"0912345672",
      "contact_email":"lan@example.vn","project_name":"Khu đô thị Bắc Vinh",
      "project_communes":[{"commune":"COMMUNE","area":12000}],"plan_number":"12/QĐ-UBND",
      "plan_date":"2025-01-10",
      "payments":[{"number":"UNC-1","paid_on":"2025-03-01","amount":900000000}],
      "compensation_paid":700000000,"support_paid":100000000,"resettlement_paid":100000000,
      "deduct_from":"land_use_fee","requested_amount":900000000})");
}

inline Attachment paper(const std::string& component, const std::string& id = "p1") {
  return {.id = id,
          .component = component,
          .name = "giấy tờ.pdf",
          .size = 1200,
          .media_type = "application/pdf",
          .sha256 = std::string(64, 'a'),
          .converted_from = {},
          .uploaded_at = at(kThursday)};
}

// Every component of the procedure, attached: enough for any case.
inline std::vector<Attachment> all_papers(const procedure::Procedure& procedure) {
  std::vector<Attachment> papers;
  for (const procedure::Component& one : procedure.components) {
    papers.push_back(paper(one.id, "p-" + one.id));
  }
  return papers;
}

inline Actor officer(const std::string& id, const std::string& agency) {
  return {.kind = ActorKind::officer, .id = id, .name = "Cán bộ " + id, .agency = agency};
}
inline Actor citizen() {
  return {.kind = ActorKind::citizen, .id = {}, .name = "Nguyễn Văn An", .agency = {}};
}

inline File filing(const std::string& code,
                   procedure::Channel channel = procedure::Channel::counter) {
  const procedure::Procedure& procedure = shipped(code);
  const bool province = procedure.authority.rule == procedure::Authority::Rule::lead_and_committee;
  File file;
  const bool police = procedure.authority.body == "commune_police";
  file.agency = province ? kDepartment : police ? kCommunePolice : kCommune;
  file.receiving_agency = province ? kProvincialCentre : kCommuneCentre;
  file.agencies = {
      {"receiving", file.receiving_agency},
      {"competent", file.agency},
      {"lead", file.agency},
      {"committee", province ? kProvince : kCommune},
      {"consulted",
       procedure.authority.consulted.empty() ? file.agency : procedure.authority.consulted}};
  // Only who takes part by the procedure has a part in its dossiers.
  for (const procedure::Partner& partner : procedure.authority.partners) {
    const bool by_police = partner.part == procedure::AgencyPart::police;
    file.agencies[std::string{procedure::to_text(partner.part)}] =
        by_police ? kCommunePolice : kInsurance;
  }
  file.channel = channel;
  file.applicant = {.name = "Nguyễn Văn An",
                    .personal_id = "040085000002",
                    .tax_code = {},
                    .phone = "0912345678",
                    .email = "an@example.vn",
                    .address = {},
                    .language = "vi"};
  file.answers = answers_for(code);
  file.attachments = all_papers(procedure);
  for (const procedure::Component& one : procedure.components) {
    if (one.kind == procedure::ComponentKind::show) file.shown_components.push_back(one.id);
  }
  file.return_method = "counter";
  return file;
}

// One dossier through its life, in memory.
class Life {
 public:
  explicit Life(const std::string& code, const char* start = kThursday)
      : Life(shipped(code), start) {}
  // Requires: the procedure outlives the life.
  explicit Life(const procedure::Procedure& procedure, const char* start = kThursday)
      : procedure_(procedure), now_(at(start)) {}

  template <class Command>
  [[nodiscard]] Decision ask(const Command& command, const Actor& actor) const {
    return decide(state_, command,
                  {.procedure = procedure_, .calendar = office(), .actor = actor, .now = now_});
  }

  // Decides and, where nothing speaks against it, lets it happen.  The refusal, or nothing.
  template <class Command>
  std::optional<Refusal> act(const Command& command, const Actor& actor) {
    const Decision decision = ask(command, actor);
    if (!decision) {
      problems_ = decision.error().problems;
      return decision.error().why;
    }
    for (const NewEvent& one : *decision) happen(one, actor);
    return std::nullopt;
  }

  void happen(const NewEvent& one, const Actor& actor) {
    EventRecord record{.sequence = state_.version + 1,
                       .at = now_,
                       .actor = actor,
                       .number = {},
                       .event = one.event};
    if (one.number.has_value()) {
      record.number = format_number(*one.number, ++counters_[one.number->key]);
    }
    apply(procedure_, state_, record);
    records_.push_back(std::move(record));
  }

  void wait_until(const char* moment) { now_ = at(moment); }
  void wait(std::chrono::milliseconds by) { now_ += by; }
  [[nodiscard]] Instant now() const { return now_; }

  [[nodiscard]] const Dossier& state() const { return state_; }
  [[nodiscard]] const procedure::Procedure& procedure() const { return procedure_; }
  [[nodiscard]] const std::vector<EventRecord>& records() const { return records_; }
  [[nodiscard]] const std::vector<form::FieldProblem>& problems() const { return problems_; }
  // The oldest open task.  Requires: there is one.
  [[nodiscard]] const Task& task() const { return state_.tasks.at(0); }

  // The reception officer, and the officers who do the rest, by the step's agency.
  [[nodiscard]] Actor doer() const { return officer("do-" + task().step, task().agency); }

  // Completes the oldest task by the outcome given, whatever action that takes.
  std::optional<Refusal> pass(const std::string& outcome, const std::string& note = "") {
    return act(
        CompleteTask{.activity = task().activity, .outcome = outcome, .note = note, .data = {}},
        doer());
  }
  std::optional<Refusal> pay_all() {
    const std::int64_t owed = state_.fee_total() - state_.paid();
    if (owed <= 0) return std::nullopt;
    return act(RecordPayment{.amount = owed, .method = "cash", .reference = {}, .reason = {}},
               officer("cashier", state_.receiving_agency));
  }

  // Forward, by the first outcome of every step, until the step of that action is open.
  void go_to(procedure::StepAction action) {
    using procedure::StepAction;
    for (int guard = 0; guard < 20 && !state_.tasks.empty(); ++guard) {
      const procedure::Step* step = procedure_.find_step(task().step);
      ASSERT_NE(step, nullptr);
      if (step->action == action) return;
      std::optional<Refusal> refusal;
      switch (step->action) {
        case StepAction::receive:
          refusal = act(Receive{}, doer());
          break;
        case StepAction::issue:
          refusal =
              act(IssueResult{.activity = task().activity, .file = {}, .number = {}, .note = {}},
                  doer());
          break;
        case StepAction::return_result:
          refusal = act(ReturnResult{.activity = task().activity,
                                     .method = "counter",
                                     .received_by = "An",
                                     .note = {}},
                        doer());
          break;
        default:
          refusal = pass(step->outcomes.front().code);
      }
      ASSERT_FALSE(refusal.has_value()) << to_text(*refusal) << " at " << step->id;
    }
  }

 private:
  const procedure::Procedure& procedure_;
  Instant now_;
  Dossier state_;
  std::vector<EventRecord> records_;
  std::vector<form::FieldProblem> problems_;
  std::map<std::string, std::int64_t> counters_;
};

inline Life filed(const std::string& code, const char* start = kThursday) {
  Life life{code, start};
  const auto refusal = life.act(filing(code), officer("do-receive", filing(code).receiving_agency));
  std::string why;
  for (const auto& problem : life.problems())
    why += problem.field + ": " + problem.message.en + "\n";
  EXPECT_FALSE(refusal.has_value()) << to_text(*refusal) << "\n" << why;
  return life;
}

inline Life received(const std::string& code, const char* start = kThursday) {
  Life life = filed(code, start);
  const auto refusal = life.act(Receive{}, life.doer());
  EXPECT_FALSE(refusal.has_value()) << to_text(*refusal);
  return life;
}

inline RequestSupplement supplement_request(const std::string& what = "Nộp lại giấy chứng sinh") {
  return {.items = {{.component = {}, .field = {}, .what = what}},
          .reason = "Bản chụp bị mờ",
          .repeat_reason = {},
          .by_supervisor = false};
}

}  // namespace dossier::test
