#include "cli/demo_seed.h"

#include <algorithm>
#include <iostream>
#include <queue>

#include <boost/json.hpp>
#include <unistd.h>

#include "casework/actions.h"
#include "casework/filing.h"
#include "casework/sweep.h"
#include "casework/uploads.h"
#include "cli/demo_answers.h"
#include "cli/demo_people.h"
#include "cli/manners.h"
#include "cli/subcommand.h"
#include "dossier/passing_time.h"
#include "dossier/work.h"
#include "procedure/assessment.h"

namespace cli {

namespace {

using calendar::Instant;

struct Life {
  Instant next{};
  std::string id;  // empty: to be filed
  int number = 0;
  bool slow = false;  // its officers take their time: it will be late
  bool supplemented = false;
};
struct Later {
  bool operator()(const Life& a, const Life& b) const {
    return a.next != b.next ? a.next > b.next : a.number > b.number;
  }
};

class Season {
 public:
  Season(Office& office, calendar::ManualClock& clock, Instant until, const DemoSeed& wanted)
      : workplace_(office.workplace()),
        clock_(clock),
        until_(until),
        wanted_(wanted),
        random_(wanted.seed) {
    for (const identity::OfficerForm& form : demo_officers()) officers_.push_back(form.officer);
  }

  base::Outcome<DemoSeeded> live(const std::function<void(int)>& progress) {
    const auto span =
        static_cast<std::uint64_t>(wanted_.days) * std::uint64_t{86'400'000};  // milliseconds
    TRY(print_sample_paper());
    for (int number = 0; number < wanted_.dossiers; ++number) {
      // A third falls into the last five days, so that every state is to be seen at its end.
      const auto back = random_.below(3) == 0
                            ? random_.below(std::min(span, std::uint64_t{5} * 86'400'000))
                            : random_.below(span);
      const Instant at = until_ - std::chrono::milliseconds{static_cast<std::int64_t>(back)};
      lives_.push({.next = waking(at), .id = {}, .number = number, .slow = random_.below(12) == 0});
    }
    while (!lives_.empty()) {
      Life life = lives_.top();
      lives_.pop();
      if (life.next >= until_) continue;
      TRY(let_time_pass(life.next));
      clock_.set(life.next);
      if (life.id.empty()) {
        TRY(file(life));
        if (done_.filed % 50 == 0) progress(done_.filed);
      } else {
        TRY(act(life));
      }
    }
    TRY(let_time_pass(until_));
    clock_.set(until_);
    return done_;
  }

 private:
  // People file between 7 and 22 o'clock.
  // Warnings, drafted apologies and dates gone by happen at their own moments.
  base::Outcome<base::Done> let_time_pass(Instant until) {
    for (;;) {
      const auto next = TRY(workplace_.store.next_wake_at());
      if (!next.has_value() || *next > until) return base::Done{};
      clock_.set(std::max(*next, clock_.now()));
      const auto swept = casework::sweep(workplace_);
      if (!swept) return base::fault(base::FaultCode::internal, swept.error().detail.en);
    }
  }

  Instant waking(Instant at) {
    const calendar::Date on = calendar::local_date(at);
    const int minute = static_cast<int>(7 * 60 + random_.below(15 * 60));
    return calendar::at_local(on, calendar::TimeOfDay{minute}) +
           std::chrono::seconds{static_cast<std::int64_t>(random_.below(60))};
  }
  // Officers work in office hours only.
  Instant at_work(Instant at) const {
    const calendar::OfficeCalendar office = workplace_.calendar_of(std::string{});
    for (int i = 0; i < 30; ++i) {
      const calendar::Date on = calendar::local_date(at);
      for (const calendar::Interval& one : office.working_intervals(on)) {
        if (at < calendar::at_local(on, one.from)) return calendar::at_local(on, one.from);
        if (at < calendar::at_local(on, one.to)) return at;
      }
      at = calendar::at_local(on + std::chrono::days{1}, calendar::TimeOfDay{0});
    }
    return at;
  }
  void again(Life life, std::chrono::minutes wait) {
    if (life.slow) wait *= 6;
    const auto jitter = std::chrono::seconds{static_cast<std::int64_t>(random_.below(60))};
    life.next = at_work(clock_.now() + wait) + jitter;
    lives_.push(life);
  }
  casework::RequestKey key(const std::string& actor) {
    const std::string name = "demo-" + std::to_string(++requests_);
    return {.key = name, .hash = name, .actor = actor};
  }

  base::Outcome<base::Done> file(Life life) {
    const auto& procedures = workplace_.publications.all();
    // Most of a commune's work is civil status and copies; the big one is rare.
    const std::uint64_t dice = random_.below(20);
    const casework::ProcedurePtr procedure =
        dice < 1
            ? workplace_.publications.find("1.012994")
            : workplace_.publications.find(procedures.at(random_.below(procedures.size()))->code);
    const bool commune = procedure->level == procedure::Level::commune;
    const DemoCitizen citizen = demo_citizen(random_);
    const bool second = random_.below(3) == 0;
    const party::Agency* committee = workplace_.organisation.find(second ? "H41.102" : "H41.101");
    casework::Filing filing;
    filing.procedure = procedure->code;
    filing.answers = eligible_answers(*procedure, citizen, committee->unit_code);
    filing.applicant = dossier::Person{.name = citizen.name,
                                       .personal_id = citizen.personal_id,
                                       .tax_code = {},
                                       .phone = citizen.phone,
                                       .email = random_.below(3) == 0 ? citizen.email : "",
                                       .address = citizen.address,
                                       .language = "vi"};
    if (commune) filing.agency = committee->id.text();
    filing.duplicate_confirmed = true;
    const party::Officer* officer = nullptr;
    const bool online = procedure->takes(procedure::Channel::online) && random_.below(5) < 2;
    filing.channel = online ? "online" : "counter";
    if (online) {
      filing.return_method = "online";
      filing.attachments = TRY(papers_for(*procedure, filing.answers));
    }
    if (!online) {
      officer = officer_with_role(party::Role::reception, commune ? committee->id.text() + ".01"
                                                                  : std::string{"H41.001.01"});
      for (const procedure::Component& one : procedure->components) {
        filing.shown_components.push_back(one.id);
      }
      filing.receive = true;
    }
    const auto filed = casework::file_dossier(workplace_, filing, officer,
                                              key(officer == nullptr ? "demo" : officer->id.text));
    if (!filed) {
      if (filed.error().kind != casework::FailureKind::unprocessable) {
        return base::fault(base::FaultCode::internal, filed.error().detail.en);
      }
      ++done_.refused_filings;
      std::string why = procedure->code + ": " + filed.error().detail.en;
      for (const auto& one : filed.error().problems)
        why += "; " + one.field + ": " + one.message.en;
      done_.last_refusal = why;
      return base::Done{};
    }
    ++done_.filed;
    life.id = filed->done.id;
    again(life, std::chrono::minutes{20 + static_cast<std::int64_t>(random_.below(120))});
    return base::Done{};
  }

  // Invented answers that the law does not stand against either: a few tries are enough.
  base::json::object eligible_answers(const procedure::Procedure& procedure,
                                      const DemoCitizen& citizen, const std::string& commune) {
    const calendar::Date today = calendar::local_date(clock_.now());
    for (int more = 0;; ++more) {
      base::json::object answers = demo_answers(procedure.form, citizen, commune, today, random_);
      const auto stands = procedure::eligibility_problems(
          procedure, {.answers = answers, .channel = procedure::Channel::counter, .on = today});
      if (more == 20 || std::ranges::none_of(stands, [](const form::FieldProblem& one) {
            return one.severity == form::Severity::error;
          })) {
        return answers;
      }
    }
  }

  // One printed page stands for every paper that an invented citizen sends.
  base::Outcome<base::Done> print_sample_paper() {
    const base::json::value fields = base::json::object{
        {"agency", base::json::object{{"name", "Giấy tờ mẫu của dữ liệu trình diễn"}}},
        {"dossier", base::json::object{{"procedure", "Giấy tờ hư cấu, không có giá trị sử dụng"}}},
        {"applicant", base::json::object{{"name", "Người nộp hồ sơ hư cấu"}}}};
    sample_paper_ =
        TRY(workplace_.printer.print("ban-sao-ho-so", calendar::local_date(clock_.now()), fields));
    return base::Done{};
  }

  base::Outcome<std::vector<dossier::Attachment>> papers_for(const procedure::Procedure& procedure,
                                                             const base::json::object& answers) {
    const procedure::Situation situation{.answers = answers,
                                         .channel = procedure::Channel::online,
                                         .on = calendar::local_date(clock_.now())};
    const procedure::Case* chosen = procedure::select_case(procedure, situation);
    std::vector<dossier::Attachment> papers;
    for (const auto& needed : procedure::components_for(procedure, *chosen, situation)) {
      if (!needed.required || needed.replaced ||
          needed.component->kind != procedure::ComponentKind::submit) {
        continue;
      }
      auto taken = casework::take_upload(workplace_,
                                         {.bytes = sample_paper_,
                                          .name = needed.component->id + ".pdf",
                                          .declared = "application/pdf",
                                          .component = needed.component->id,
                                          .owner = "demo"},
                                         key("demo"));
      if (!taken) return base::fault(base::FaultCode::internal, taken.error().detail.en);
      papers.push_back(std::move(taken).value());
    }
    return papers;
  }

  const party::Officer* officer_with_role(party::Role role, const std::string& agency) const {
    for (const party::Officer& one : officers_) {
      if (one.has_role(role) && one.agency.text() == agency) return &one;
    }
    return nullptr;
  }

  // The first officer who may do something, does it.
  base::Outcome<base::Done> act(Life life) {
    const auto open = casework::open_dossier(workplace_, life.id);
    if (!open) return base::fault(base::FaultCode::internal, open.error().detail.en);
    const dossier::Dossier& dossier = open->dossier;
    if (dossier.is_closed()) {
      ++done_.closed;
      return base::Done{};
    }
    if (dossier.stage == dossier::Stage::awaiting_supplement) {
      const casework::CommandRequest request{
          .dossier = life.id, .request = key("receipt"), .if_match = std::nullopt};
      if (random_.below(5) == 0) {
        const auto withdrawn = casework::withdraw(
            workplace_, request, {.reason = "Chưa có đủ giấy tờ, tôi sẽ nộp lại sau"});
        if (!withdrawn) return base::fault(base::FaultCode::internal, withdrawn.error().detail.en);
        return base::Done{};
      }
      const auto done = casework::supplement(
          workplace_, request,
          {.answers = {}, .attachments = {}, .note = "Đã nộp lại giấy tờ rõ hơn"});
      if (!done) return base::fault(base::FaultCode::internal, done.error().detail.en);
      again(life, std::chrono::minutes{60});
      return base::Done{};
    }
    // Most apologies are signed at the next occasion; some wait on the leader's desk.
    const bool sign = dossier::pending_apology(dossier) != nullptr && random_.below(4) != 0;
    for (const party::Officer& officer : officers_) {
      for (const casework::ActionOffer& offer :
           casework::offers(*open->procedure, dossier, officer, clock_.now(),
                            workplace_.time_rules.on(calendar::local_date(clock_.now())))) {
        if (!offer.allowed || sign != (offer.action == "sign-apology")) continue;
        const auto done = perform(*open, officer, offer, life);
        if (!done.has_value()) continue;  // not one of the actions that move a dossier
        if (!done->has_value()) {
          return base::fault(base::FaultCode::internal,
                             offer.action + ": " + done->error().detail.en);
        }
        if ((*done)->dossier.stage == dossier::Stage::awaiting_supplement) {
          again(life, std::chrono::minutes{1500 + static_cast<std::int64_t>(random_.below(3000))});
          return base::Done{};
        }
        const bool long_work = open->procedure->level != procedure::Level::commune;
        again(life, std::chrono::minutes{
                        (long_work ? 900 : 25) +
                        static_cast<std::int64_t>(random_.below(long_work ? 2400 : 150))});
        return base::Done{};
      }
    }
    return base::Done{};  // nobody of the demonstration's officers can go on
  }

  std::optional<casework::Answer<casework::CommandDone>> perform(const casework::OpenDossier& open,
                                                                 const party::Officer& officer,
                                                                 const casework::ActionOffer& offer,
                                                                 Life& life) {
    const casework::CommandRequest request{.dossier = open.id,
                                           .request = key(officer.id.text),
                                           .if_match = std::nullopt,
                                           .officer = &officer};
    const std::string& action = offer.action;
    if (action == "receive") {
      if (open.dossier.stage == dossier::Stage::filed && random_.below(40) == 0) {
        return casework::refuse(
            workplace_, request,
            {.reason = "Hồ sơ thuộc thẩm quyền tiếp nhận của xã nơi cư trú, đề nghị nộp tại đó."});
      }
      return casework::receive(workplace_, request, {.note = {}, .checked_components = {}});
    }
    if (action == "sign-apology") {
      dossier::SignApology apology;
      const auto proposed = open.dossier.apology->new_due_at;
      if (!proposed.has_value() || *proposed <= clock_.now()) {
        apology.new_due_on = workplace_.calendar_of(open.dossier.agency)
                                 .next_working_day(calendar::local_date(clock_.now()));
      }
      return casework::sign_apology(workplace_, request, std::move(apology));
    }
    if (action == "payments") {
      return casework::record_payment(workplace_, request,
                                      {.amount = open.dossier.fee_total() - open.dossier.paid(),
                                       .method = random_.below(3) == 0 ? "transfer" : "cash",
                                       .reference = {},
                                       .reason = "Phí, lệ phí theo quy định"});
    }
    if (action == "complete-task" || action == "approve") {
      // Where several agencies work side by side, the first of them speaks with the applicant.
      const bool alone = open.dossier.tasks.size() == 1;
      if (action == "complete-task" && alone && !life.supplemented && random_.below(9) == 0) {
        life.supplemented = true;
        return casework::request_supplement(
            workplace_, request,
            {.items = {{.component = {}, .field = {}, .what = "Bản chụp giấy tờ bị mờ, chụp lại"}},
             .reason = "Không đọc được nội dung để đối chiếu",
             .repeat_reason = {}});
      }
      const dossier::Task* task = open.dossier.find_task(offer.task);
      const procedure::Step* step = open.procedure->find_step(task->step);
      // Now and then something is sent back; mostly the first outcome, the usual one.
      const bool other = step->outcomes.size() > 1 && random_.below(18) == 0;
      const procedure::Outcome& outcome = step->outcomes.at(other ? 1 : 0);
      return casework::complete_task(
          workplace_, request,
          {.activity = offer.task,
           .outcome = outcome.code,
           .note = outcome.needs_reason ? "Cần làm rõ nội dung đề nghị" : std::string{},
           .data = {}});
    }
    if (action == "issue-result") {
      return casework::issue_result(
          workplace_, request,
          {.activity = offer.task, .file = std::nullopt, .number = {}, .note = {}});
    }
    if (action == "return") {
      return casework::return_result(workplace_, request,
                                     {.activity = offer.task,
                                      .method = "counter",
                                      .received_by = open.dossier.applicant.name,
                                      .note = {}});
    }
    return std::nullopt;
  }

  casework::Workplace& workplace_;
  calendar::ManualClock& clock_;
  Instant until_;
  DemoSeed wanted_;
  base::SeededRandom random_;
  std::vector<party::Officer> officers_;
  std::priority_queue<Life, std::vector<Life>, Later> lives_;
  std::string sample_paper_;
  std::uint64_t requests_ = 0;
  DemoSeeded done_;
};

struct SeedOptions {
  std::string data = "motcua-data";
  std::string store;
  DemoSeed wanted;
  bool json = false;
};

base::Outcome<DemoSeeded> run_seed(const SeedOptions& options) {
  const Shipped shipped = TRY(find_shipped());
  const DataFolder folder = TRY(DataFolder::open(options.data));
  const FolderHold alone = TRY(folder.hold());
  calendar::SystemClock system;
  const Instant until = system.now();
  calendar::ManualClock clock{until - std::chrono::days{options.wanted.days + 1}};
  auto office = TRY(Office::open(
      folder, shipped, clock, {.public_url = "http://127.0.0.1:8080", .store_url = options.store}));
  if (TRY(office->workplace().store.dossier_count()) > 0) {
    return base::fault(base::FaultCode::conflict,
                       options.data +
                           " holds dossiers already; demonstration data goes into a new "
                           "folder only");
  }
  TRY(office->workplace().store.save_setting("demo", "1"));
  for (const identity::OfficerForm& form : demo_officers()) {
    TRY(office->accounts().put_account(form, kDemoPassword, false));
  }
  const bool terminal = ::isatty(STDERR_FILENO) != 0;
  return seed_demo(*office, clock, until, options.wanted, [&](int filed) {
    if (terminal) {
      std::cerr << "\r" << filed << " / " << options.wanted.dossiers << " hồ sơ" << std::flush;
      if (filed >= options.wanted.dossiers) std::cerr << '\n';
    }
  });
}

}  // namespace

base::Outcome<DemoSeeded> seed_demo(Office& office, calendar::ManualClock& clock, Instant until,
                                    const DemoSeed& wanted,
                                    const std::function<void(int)>& progress) {
  Season season(office, clock, until, wanted);
  auto done = season.live(progress);
  if (done && done->filed == 0 && wanted.dossiers > 0) {
    return base::fault(base::FaultCode::internal,
                       "no invented answers were accepted: " + done->last_refusal);
  }
  return done;
}

void add_demo(CLI::App& program, int& status) {
  CLI::App* demo = program.add_subcommand("demo", "Demonstration data, all invented");
  demo->require_subcommand(1);
  CLI::App* command = demo->add_subcommand("seed", "Fill a new data folder");
  auto options = std::make_shared<SeedOptions>();
  command->add_option("--data", options->data, "Folder of the store; created if absent")
      ->capture_default_str();
  command->add_option("--store", options->store, "postgres://… of the store; without it SQLite")
      ->envname("MOTCUA_STORE");
  command->add_option("--dossiers", options->wanted.dossiers, "How many dossiers")
      ->check(CLI::Range(0, 5'000'000))
      ->capture_default_str();
  command->add_option("--seed", options->wanted.seed, "The same seed makes the same people")
      ->capture_default_str();
  command->add_option("--days", options->wanted.days, "How many days back the season begins")
      ->check(CLI::Range(1, 365))
      ->capture_default_str();
  command->add_flag("--json", options->json, "For programs");
  command->callback([options, &status] {
    const auto done = run_seed(*options);
    if (!done) {
      status = report(done.error());
      return;
    }
    if (options->json) {
      std::cout << base::to_text(base::json::object{{"filed", done->filed},
                                                    {"closed", done->closed},
                                                    {"refused_filings", done->refused_filings},
                                                    {"last_refusal", done->last_refusal}})
                << '\n';
    } else {
      std::cout << done->filed << " hồ sơ, " << done->closed << " đã kết thúc / dossiers, closed\n"
                << demo_accounts_text();
    }
  });
}

}  // namespace cli
