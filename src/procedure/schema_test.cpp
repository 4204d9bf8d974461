// The schemas of docs/formats/schemas know exactly the keys that the readers know.  That they take
// the shipped packages is web/tools/package_schemas.test.mjs's business.
#include <set>
#include <span>
#include <string>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "form/definition_keys.h"
#include "procedure/package_keys.h"
#include "procedure/test_packages.h"

namespace procedure {
namespace {

using Keys = std::span<const std::string_view>;
using base::json::object;

object schema(const std::string& name) {
  const std::filesystem::path path =
      std::filesystem::path{PROJECT_ROOT} / "docs/formats/schemas" / (name + ".schema.json");
  auto value = base::parse_json(text_of_file(path));
  EXPECT_TRUE(value) << path;
  return value ? value->as_object() : object{};
}

std::set<std::string> properties(const object& definition) {
  std::set<std::string> names;
  for (const auto& entry : definition.at("properties").as_object()) names.emplace(entry.key());
  EXPECT_EQ(definition.at("additionalProperties"), base::json::value(false));
  return names;
}

void expect_same(const object& root, const char* definition, Keys keys) {
  const object& where =
      *definition == '\0' ? root : root.at("definitions").at(definition).as_object();
  EXPECT_EQ(properties(where), std::set<std::string>(keys.begin(), keys.end()))
      << (*definition == '\0' ? "the file" : definition);
}

TEST(Schema, OfProcedureYamlKnowsWhatTheReaderKnows) {
  const object root = schema("procedure");
  const std::pair<const char*, Keys> all[] = {
      {"", keys::kProcedure},
      {"authority", keys::kAuthority},
      {"partner", keys::kPartner},
      {"legal_basis", keys::kLegalBasis},
      {"case", keys::kCase},
      {"limit", keys::kLimit},
      {"silence", keys::kSilence},
      {"component", keys::kComponent},
      {"replaced_by", keys::kReplacedBy},
      {"eligibility", keys::kEligibility},
      {"linked", keys::kLinked},
      {"fees", keys::kFees},
      {"result", keys::kResult},
      {"template", keys::kTemplate},
      {"retention", keys::kRetention},
      {"example", keys::kExample},
  };
  for (const auto& [definition, known] : all) expect_same(root, definition, known);
}

TEST(Schema, OfFormsAndTheDictionaryKnowsWhatTheReaderKnows) {
  const object root = schema("form");
  expect_same(root, "", form::keys::kForm);
  expect_same(root, "page", form::keys::kPage);
  expect_same(root, "field", form::keys::kField);
  expect_same(root, "option", form::keys::kOption);
  expect_same(root, "check", form::keys::kCheck);
  const object dictionary = schema("dictionary");
  expect_same(dictionary, "", form::keys::kDictionary);
  expect_same(dictionary, "entry", form::keys::kEntry);
  expect_same(dictionary, "option", form::keys::kOption);
}

TEST(Digest, DoesNotDependOnLineEndsAndOnNothingElse) {
  const PackageFiles files = shipped_files("1.001193");
  const std::string digest = digest_of(files);
  PackageFiles windows;
  for (const auto& [name, text] : files) {
    std::string crlf;
    for (const char c : text) {
      if (c == '\n') crlf += '\r';
      crlf += c;
    }
    windows[name] = crlf;
  }
  EXPECT_EQ(digest_of(windows), digest);
  // Put together in another order.
  PackageFiles backwards;
  for (auto at = files.rbegin(); at != files.rend(); ++at) backwards.insert(*at);
  EXPECT_EQ(digest_of(backwards), digest);

  std::set<std::string> digests{digest};
  const auto expect_new = [&](PackageFiles changed, const char* what) {
    EXPECT_TRUE(digests.insert(digest_of(changed)).second) << what;
  };
  for (const auto& [name, text] : files) {
    PackageFiles changed = files;
    changed[name] += " ";
    expect_new(changed, "a blank at the end");
    changed = files;
    changed[name] += "\r";
    expect_new(changed, "a carriage return alone");
    changed = files;
    changed[name].pop_back();
    expect_new(changed, "a character less");
    changed = files;
    changed.erase(name);
    changed["x" + name] = text;
    expect_new(changed, "another name");
    changed = files;
    changed.erase(name);
    expect_new(changed, "a file less");
  }
  PackageFiles longer = files;
  longer["templates/x.html"] = "";
  expect_new(longer, "an empty file more");
  // The border between two files is part of it.
  expect_new({{"a", "bc"}}, "a: bc");
  expect_new({{"ab", "c"}}, "ab: c");
  expect_new({{"a", "b"}, {"c", ""}}, "a: b, c:");
}

}  // namespace
}  // namespace procedure
