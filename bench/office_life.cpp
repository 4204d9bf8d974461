#include "office_life.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <barrier>
#include <queue>
#include <thread>

#include <boost/json.hpp>

#include "casework/actions.h"
#include "casework/filing.h"
#include "cli/demo_answers.h"
#include "cli/demo_people.h"
#include "figure.h"
#include "procedure/assessment.h"

namespace bench {

namespace {

using calendar::Instant;
using casework::Answer;

// How many lives move at one moment of the invented time: enough for full groups, and over before
// any of them is due again.
constexpr std::size_t kTogether = 512;
constexpr std::chrono::minutes kOneMoment{15};

struct Life {
  Instant next{};
  int number = 0;
  int commands = 0;
  std::string id{};  // empty: to be filed
  base::SeededRandom random;
  bool slow = false;  // its officers take their time
  bool over = false;
};
struct Later {
  bool operator()(const Life& a, const Life& b) const {
    return a.next != b.next ? a.next > b.next : a.number > b.number;
  }
};

class Season {
 public:
  Season(cli::Office& office, calendar::ManualClock& clock, Instant until, const OfficeLife& wanted)
      : workplace_(office.workplace()), clock_(clock), until_(until), wanted_(wanted) {
    for (const identity::OfficerForm& form : cli::demo_officers()) {
      officers_.push_back(form.officer);
    }
  }

  OfficeLived live(const std::function<void(const OfficeLived&)>& progress) {
    std::priority_queue<Life, std::vector<Life>, Later> lives;
    for (int number = 0; number < wanted_.dossiers; ++number) lives.push(born(number));
    std::vector<Life> now;
    std::atomic<std::size_t> taken{0};
    std::atomic<bool> over{false};
    std::barrier turn(static_cast<std::ptrdiff_t>(wanted_.threads) + 1);
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < wanted_.threads; ++i) {
      threads.emplace_back([&] {
        for (;;) {
          turn.arrive_and_wait();
          if (over) return;
          for (std::size_t at = taken++; at < now.size(); at = taken++) act(now[at]);
          turn.arrive_and_wait();
        }
      });
    }
    while (!lives.empty() && lives.top().next < until_) {
      const Instant first = lives.top().next;
      now.clear();
      while (!lives.empty() && now.size() < kTogether && lives.top().next < first + kOneMoment &&
             lives.top().next < until_) {
        now.push_back(lives.top());
        lives.pop();
      }
      clock_.set(now.back().next);
      taken = 0;
      turn.arrive_and_wait();
      turn.arrive_and_wait();
      for (Life& one : now) {
        if (!one.over) lives.push(std::move(one));
      }
      progress(lived());
    }
    over = true;
    turn.arrive_and_wait();
    clock_.set(until_);
    return lived();
  }

 private:
  [[nodiscard]] OfficeLived lived() const {
    return {.filed = filed_, .closed = closed_, .commands = commands_, .refused = refused_};
  }

  Life born(int number) {
    Life life{.number = number,
              .random = base::SeededRandom(wanted_.seed * 1'000'003 +
                                           static_cast<std::uint64_t>(number))};
    const auto days = static_cast<std::uint64_t>(wanted_.days);
    const calendar::Date on =
        calendar::local_date(until_) - std::chrono::days{static_cast<int>(life.random.below(days))};
    const int minute = static_cast<int>(7 * 60 + life.random.below(15 * 60));
    life.next = calendar::at_local(on, calendar::TimeOfDay{minute}) +
                std::chrono::seconds{static_cast<std::int64_t>(life.random.below(60))};
    life.slow = life.random.below(12) == 0;
    return life;
  }

  // Officers work in office hours only.
  [[nodiscard]] Instant at_work(Instant at) const {
    for (int i = 0; i < 30; ++i) {
      const calendar::Date on = calendar::local_date(at);
      for (const calendar::Interval& one :
           workplace_.calendar_of(cli::kTenant).working_intervals(on)) {
        if (at < calendar::at_local(on, one.from)) return calendar::at_local(on, one.from);
        if (at < calendar::at_local(on, one.to)) return at;
      }
      at = calendar::at_local(on + std::chrono::days{1}, calendar::TimeOfDay{0});
    }
    return at;
  }

  void again(Life& life, std::int64_t minutes) const {
    if (life.slow) minutes *= 6;
    life.next = at_work(clock_.now() + std::chrono::minutes{minutes}) +
                std::chrono::seconds{static_cast<std::int64_t>(life.random.below(900))};
  }

  casework::RequestKey key(Life& life, const std::string& actor) {
    const std::string name =
        "life-" + std::to_string(life.number) + "-" + std::to_string(++life.commands);
    ++commands_;
    return {.key = name, .hash = name, .actor = actor};
  }

  void refused(const std::string& what, const casework::Failure& failure) {
    if (refused_++ >= 5) return;
    std::string why = "refused: " + what + ": " + failure.detail.en;
    for (const form::FieldProblem& one : failure.problems) {
      why += "; " + one.field + ": " + one.message.en;
    }
    note(why);
  }

  void act(Life& life) {
    if (life.id.empty()) {
      file(life);
      return;
    }
    const auto open = casework::open_dossier(workplace_, life.id);
    if (!open) give_up("a dossier cannot be opened: " + open.error().detail.en);
    const dossier::Dossier& dossier = open->dossier;
    life.over = true;
    if (dossier.is_closed()) {
      ++closed_;
      return;
    }
    for (const party::Officer& officer : officers_) {
      if (!concerns(officer, dossier)) continue;
      for (const casework::ActionOffer& offer :
           casework::offers(*open->procedure, dossier, officer, clock_.now(),
                            workplace_.time_rules.on(calendar::local_date(clock_.now())))) {
        if (!offer.allowed) continue;
        const auto done = perform(*open, officer, offer, life);
        if (!done.has_value()) continue;  // not one of the actions that move a dossier
        if (!done->has_value()) {
          refused(offer.action, done->error());
          return;
        }
        const bool long_work = open->procedure->level != procedure::Level::commune;
        const std::uint64_t spread = long_work ? 2400 : 150;
        again(life, (long_work ? 900 : 25) + static_cast<std::int64_t>(life.random.below(spread)));
        life.over = false;
        return;
      }
    }
  }

  static bool concerns(const party::Officer& officer, const dossier::Dossier& dossier) {
    const std::string& agency = officer.agency.text();
    if (agency == dossier.receiving_agency) return true;
    return std::ranges::any_of(dossier.tasks,
                               [&](const dossier::Task& one) { return one.agency == agency; });
  }

  void file(Life& life) {
    base::SeededRandom& random = life.random;
    const auto cards = workplace_.publications.all();
    const auto read = workplace_.publications.find(cards.at(random.below(cards.size()))->code, "",
                                                   calendar::local_date(clock_.now()));
    if (!read || *read == nullptr) return;
    const casework::ProcedurePtr procedure = *read;
    const bool commune = procedure->level == procedure::Level::commune;
    const cli::DemoCitizen citizen = cli::demo_citizen(random);
    const party::Agency* committee =
        workplace_.organisation.find(random.below(3) == 0 ? "H41.102" : "H41.101");
    casework::Filing filing;
    filing.procedure = procedure->code;
    filing.answers = cli::demo_answers(procedure->form, citizen, committee->unit_code,
                                       calendar::local_date(clock_.now()), random);
    filing.applicant = dossier::Person{.name = citizen.name,
                                       .personal_id = citizen.personal_id,
                                       .tax_code = {},
                                       .phone = citizen.phone,
                                       .email = {},
                                       .address = citizen.address,
                                       .language = "vi"};
    if (commune) filing.agency = committee->id.text();
    filing.duplicate_confirmed = true;
    filing.channel = "counter";
    filing.receive = random.below(10) != 0;
    for (const procedure::Component& one : procedure->components) {
      filing.shown_components.push_back(one.id);
    }
    const party::Officer& officer =
        receptionist(commune ? committee->id.text() + ".01" : std::string{"H41.001.01"});
    const auto filed =
        casework::file_dossier(workplace_, filing, &officer, key(life, officer.id.text));
    if (!filed) {
      refused("file " + procedure->code, filed.error());
      life.over = true;
      return;
    }
    ++filed_;
    life.id = filed->done.id;
    again(life, 20 + static_cast<std::int64_t>(random.below(120)));
  }

  [[nodiscard]] const party::Officer& receptionist(const std::string& agency) const {
    for (const party::Officer& one : officers_) {
      if (one.has_role(party::Role::reception) && one.agency.text() == agency) return one;
    }
    give_up("nobody receives at " + agency);
  }

  std::optional<Answer<casework::CommandDone>> perform(const casework::OpenDossier& open,
                                                       const party::Officer& officer,
                                                       const casework::ActionOffer& offer,
                                                       Life& life) {
    const std::string& action = offer.action;
    constexpr std::array kMoving{"receive", "payments",     "complete-task",
                                 "approve", "issue-result", "return"};
    if (std::ranges::find(kMoving, action) == kMoving.end()) return std::nullopt;
    const casework::CommandRequest request{.dossier = open.id,
                                           .request = key(life, officer.id.text),
                                           .if_match = std::nullopt,
                                           .officer = &officer};
    if (action == "receive") {
      return casework::receive(workplace_, request, {.note = {}, .checked_components = {}});
    }
    if (action == "payments") {
      return casework::record_payment(workplace_, request,
                                      {.amount = open.dossier.fee_total() - open.dossier.paid(),
                                       .method = "cash",
                                       .reference = {},
                                       .reason = "Phí, lệ phí theo quy định"});
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
    const dossier::Task* task = open.dossier.find_task(offer.task);
    const procedure::Outcome& outcome = open.procedure->find_step(task->step)->outcomes.front();
    return casework::complete_task(
        workplace_, request,
        {.activity = offer.task, .outcome = outcome.code, .note = {}, .data = {}});
  }

  casework::Workplace& workplace_;
  calendar::ManualClock& clock_;
  Instant until_;
  OfficeLife wanted_;
  std::vector<party::Officer> officers_;
  std::atomic<std::int64_t> filed_{0};
  std::atomic<std::int64_t> closed_{0};
  std::atomic<std::int64_t> commands_{0};
  std::atomic<std::int64_t> refused_{0};
};

}  // namespace

OfficeLived live(cli::Office& office, calendar::ManualClock& clock, Instant until,
                 const OfficeLife& wanted,
                 const std::function<void(const OfficeLived&)>& progress) {
  return Season(office, clock, until, wanted).live(progress);
}

}  // namespace bench
