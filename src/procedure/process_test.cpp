// Each shipped process from its start to its ends, over the real engine.
#include "bpmn/process.h"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bpmn/event.h"
#include "bpmn/step.h"
#include "procedure/assessment.h"
#include "procedure/test_packages.h"

namespace procedure {
namespace {

using testing::ElementsAreArray;
using Outcomes = std::vector<std::pair<std::string, std::string>>;  // step, outcome

class Drive {
 public:
  Drive(const Procedure& procedure, std::string case_id)
      : procedure_(procedure), case_id_(std::move(case_id)) {
    take(bpmn::Start{});
  }

  void complete(const std::string& step, const std::string& outcome) {
    const Step* known = procedure_.find_step(step);
    ASSERT_NE(known, nullptr) << step;
    ASSERT_NE(known->find_outcome(outcome), nullptr) << step << " " << outcome;
    const auto open = bpmn::open_tasks(*procedure_.process, instance_);
    ASSERT_EQ(open.size(), 1U);
    ASSERT_EQ(procedure_.process->node(open.front().node).id, step);
    outcomes_["outcome"] = outcome;
    outcomes_[step + "_outcome"] = outcome;
    take(bpmn::CompleteTask{open.front().id});
  }

  [[nodiscard]] bool ended() const { return instance_.state == bpmn::InstanceState::completed; }

 private:
  void take(const bpmn::Trigger& trigger) {
    Situation situation;
    situation.on = *calendar::make_date(2026, 8, 20);
    rules::Context variables = variables_of(procedure_, situation, procedure_.find_case(case_id_));
    for (const auto& [name, outcome] : outcomes_) variables.set(name, outcome);
    const auto events =
        bpmn::step(*procedure_.process, instance_, trigger, rules::Value{variables});
    ASSERT_TRUE(events) << bpmn::to_string(events.error().reason) << " " << events.error().element;
    for (const bpmn::Event& event : *events) {
      bpmn::apply_to(*procedure_.process, instance_, event);
    }
  }

  const Procedure& procedure_;
  std::string case_id_;
  bpmn::Instance instance_;
  std::map<std::string, std::string> outcomes_;
};

struct Story {
  const char* code;
  const char* case_id;
  Outcomes outcomes;
};

class ShippedProcess : public testing::TestWithParam<Story> {};

TEST_P(ShippedProcess, RunsFromStartToEnd) {
  const Story& story = GetParam();
  Drive drive(shipped(story.code), story.case_id);
  for (const auto& [step, outcome] : story.outcomes) {
    EXPECT_FALSE(drive.ended()) << step;
    drive.complete(step, outcome);
    if (HasFatalFailure()) return;
  }
  EXPECT_TRUE(drive.ended());
}

Outcomes commune_story() {
  return {{"receive", "received"},
          {"examine", "proposed"},
          {"sign", "approved"},
          {"issue", "issued"},
          {"hand_over", "returned"}};
}

INSTANTIATE_TEST_SUITE_P(Stories, ShippedProcess,
                         testing::Values(Story{"1.001193", "on_time", commune_story()},
                                         Story{"1.004873", "first", commune_story()},
                                         Story{"2.000815", "ordinary", commune_story()},
                                         Story{"1.001612", "individual", commune_story()},
                                         Story{"1.001193",
                                               "verification",
                                               {{"receive", "received"},
                                                {"verify", "confirmed"},
                                                {"examine", "proposed"},
                                                {"sign", "approved"},
                                                {"issue", "issued"},
                                                {"hand_over", "returned"}}},
                                         Story{"1.001193",
                                               "late",
                                               {{"receive", "received"},
                                                {"examine", "proposed"},
                                                {"sign", "sent_back"},
                                                {"examine", "proposed"},
                                                {"sign", "approved"},
                                                {"issue", "issued"},
                                                {"hand_over", "returned"}}},
                                         Story{"1.001612",
                                               "household",
                                               {{"receive", "received"},
                                                {"examine", "not_eligible"},
                                                {"sign", "refused"}}},
                                         Story{"1.012994",
                                               "one_commune",
                                               {{"receive", "received"},
                                                {"assign_expert", "assigned"},
                                                {"appraise", "proposed"},
                                                {"review", "approved"},
                                                {"decide", "approved"},
                                                {"issue", "issued"},
                                                {"hand_over", "returned"}}},
                                         Story{"1.012994",
                                               "several_communes",
                                               {{"receive", "received"},
                                                {"assign_expert", "assigned"},
                                                {"appraise", "proposed"},
                                                {"review", "sent_back"},
                                                {"appraise", "proposed"},
                                                {"review", "approved"},
                                                {"decide", "sent_back"},
                                                {"appraise", "not_eligible"},
                                                {"review", "approved"},
                                                {"decide", "refused"}}}));

// No choice that a screen offers may leave a dossier without a way on.
TEST(StepOutcome, OfEveryStepLeadsOn) {
  for (const char* code : kShipped) {
    const Procedure& procedure = shipped(code);
    for (const Case& one : procedure.cases) {
      for (const Step& step : procedure.steps) {
        for (const Outcome& outcome : step.outcomes) {
          Situation situation;
          situation.on = *calendar::make_date(2026, 8, 20);
          rules::Context variables = variables_of(procedure, situation, &one);
          variables.set("outcome", outcome.code);
          variables.set(step.id + "_outcome", outcome.code);
          // A token placed on the step, wherever it came from.
          bpmn::Instance instance;
          instance.state = bpmn::InstanceState::running;
          instance.last_activity = 1;
          instance.activities.push_back({1, procedure.process->index_of(step.id), 0, 0, 0, 0});
          const auto events = bpmn::step(*procedure.process, instance, bpmn::CompleteTask{1},
                                         rules::Value{variables});
          EXPECT_TRUE(events) << code << " " << step.id << " " << outcome.code;
        }
      }
    }
  }
}

}  // namespace
}  // namespace procedure
