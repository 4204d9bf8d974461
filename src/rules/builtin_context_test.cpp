// builtin_context_test.cpp - contexts and their functions.
#include "rules/test_models.h"

namespace rules {
namespace {

TEST(ContextFunctions, ReadAndChangeEntries) {
  expect_rows({{R"(get value({a:1}, "a"))", "1"},
               {R"(get value(m: {a:1}, key: "a"))", "1"},
               {R"(get value({a:1}, "b"))", "null"},
               {R"(get value(null, "b"))", "null"},
               {"get value({a:1}, null)", "null"},
               {"get value({a:1}, 1)", "null"},
               {R"(get value([], "a"))", "null"},
               {R"(get value({a: {b: 2}}, ["a","b"]))", "2"},
               {"get value({a:1}, [])", "null"},
               {R"(get value({a:null}, "a"))", "null"},
               {"get value()", "null"},
               {"get entries({a:1,b:2})", R"([{key: "a", value: 1}, {key: "b", value: 2}])"},
               {R"(get entries(m: {a:1})[key = "a"].value)", "[1]"},
               {"get entries({})", "[]"},
               {"get entries(null)", "null"},
               {R"(context([{key:"a",value:1},{key:"b",value:2}]))", "{a: 1, b: 2}"},
               {R"(context(entries: [{key:"a",value:1}]))", "{a: 1}"},
               {R"(context({key:"a",value:1}))", "{a: 1}"},
               {R"(context([{key:"a",value:1},{key:"a",value:2}]))", "null"},
               {R"(context([{key:"a"}]))", "null"},
               {"context([{key:null,value:1}])", "null"},
               {"context([{key:1,value:1}])", "null"},
               {"context([])", "{}"},
               {"context(null)", "null"},
               {"context([null])", "null"},
               {"context([{value:1}])", "null"},
               {R"(context([{key:"a",value:null}]))", "{a: null}"},
               {R"(context([{key:"a",value:1,extra:3}]))", "{a: 1}"},
               {"context()", "null"},
               {R"(context("a"))", "null"},
               {"context(get entries({a:1}))", "{a: 1}"},
               {R"(context put({a:1}, "b", 2))", "{a: 1, b: 2}"},
               {R"(context put({a:1}, "a", 2))", "{a: 2}"},
               {R"(context put(context: {a:1}, key: "b", value: 2))", "{a: 1, b: 2}"},
               {R"(context put(context: {a:{b:1}}, keys: ["a","b"], value: 2))", "{a: {b: 2}}"},
               {R"(context put({a:1}, ["x","y"], 2))", "null"},
               {"context merge([{a:1},{b:2}])", "{a: 1, b: 2}"},
               {"context merge([{a:1},{a:2}])", "{a: 2}"},
               {"context merge(contexts: [{a:1}])", "{a: 1}"},
               {"context merge({a:1})", "{a: 1}"},
               {"context merge([])", "{}"},
               {"context merge(null)", "null"},
               {"context merge([{a:1}, null])", "null"},
               {"context merge([{a:1}, 1])", "null"},
               {"context merge()", "null"},
               {"context merge([{a:{b:1}},{a:{c:2}}])", "{a: {c: 2}}"}});
}

TEST(Context, SeesEarlierEntries) {
  expect_rows({{"{}", "{}"},
               {R"({"a b": 1}.a b)", "1"},
               {"{a b: 1}.a b", "1"},
               {"{a: 1, b: a + 1, c: b * 2}.c", "4"},
               {"{a: 1, a: 2}", "null"},
               {R"({"foo+bar((!!],foo": "foo"})", R"({"foo+bar((!!],foo": "foo"})"},
               {R"(get value({"foo+bar((!!],foo": "foo"}, "foo+bar((!!],foo"))", "foo"},
               {"{foo+bar: 1, r: foo+bar + 1}.r", "2"},
               {"{foo-bar: 1, r: foo-bar * 2}.r", "2"},
               {"{foo: 3, bar: 1, r: foo-bar}.r", "2"},
               {"{a: {b: {c: 1}}}.a.b.c", "1"},
               {"{a: 1, f: function(x) x + a, r: f(2)}.r", "3"},
               {R"({"": 1})", R"({"": 1})"},
               {"{if: 1}.if", "1"},
               {"{and: 1}", "{and: 1}"},
               {"{a: b, b: 1}.a", "null"},
               {"{time offset: 1}.time offset", "1"},
               {R"({🐎: "h"}.🐎)", "h"},
               {"{été: 1}.été", "1"}});
}

TEST(Context, SeesEarlierEntriesAndRefusesWhatIsNoFeel) {
  expect_refused({R"({"foo+bar((!!],foo": "foo"}."foo+bar((!!],foo")", "{'a': 1}", "{a:1,}"});
}

}  // namespace
}  // namespace rules
