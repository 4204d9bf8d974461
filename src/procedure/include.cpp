#include "procedure/include.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "procedure/tree_yaml.h"

namespace procedure {
namespace {

constexpr std::size_t kIncludedMax = 5'000;  // entries that come from parts, in all

bool is_include(const Tree& item) {
  return item.is_map() && item.keys.size() == 1 && item.keys.front() == "include" &&
         item.items.front().is_scalar();
}

class Inclusion {
 public:
  Inclusion(const Parts& parts, form::DefinitionProblems& problems)
      : parts_(parts), problems_(problems) {}

  // False when something could not be put in.
  bool expand(Tree& tree, const std::string& file, const std::string& key) {
    bool good = true;
    if (tree.is_map()) {
      for (std::size_t i = 0; i < tree.items.size(); ++i) {
        good = expand(tree.items[i], file, tree.keys[i]) && good;
      }
      return good;
    }
    if (!tree.is_list()) return true;
    for (std::size_t i = 0; i < tree.items.size();) {
      if (!is_include(tree.items[i])) {
        good = expand(tree.items[i], file, key) && good;
        ++i;
        continue;
      }
      auto entries = entries_of(tree.items[i], file, key);
      if (!entries) return false;
      const auto place = tree.items.begin() + static_cast<std::ptrdiff_t>(i);
      const std::size_t count = entries->size();
      tree.items.insert(tree.items.erase(place), std::make_move_iterator(entries->begin()),
                        std::make_move_iterator(entries->end()));
      i += count;
      included = true;
    }
    return good;
  }

  bool included = false;

 private:
  std::optional<std::vector<Tree>> refused(const Tree& at, const std::string& file,
                                           std::string message, std::string remedy) {
    problems_.push_back({file, at.line, std::move(message), std::move(remedy)});
    return std::nullopt;
  }

  // The entries that the part has under the key, with what it includes itself.
  std::optional<std::vector<Tree>> entries_of(const Tree& include, const std::string& file,
                                              const std::string& key) {
    const std::string name = include.items.front().text;
    if (std::ranges::find(way_, name) != way_.end()) {
      std::string way;
      for (const std::string& one : way_) way += one + " → ";
      return refused(include, file, "the part includes itself: " + way + name,
                     "take one of these includes out");
    }
    const auto found = parts_.find(name);
    if (found == parts_.end()) {
      return refused(include, file, "there is no part `" + name + "`",
                     "add procedures/parts/" + name + ".yaml, or correct the name");
    }
    const std::string part_file = "parts/" + name + ".yaml";
    auto part = read_tree(found->second, part_file, problems_);
    if (!part) return std::nullopt;
    Tree* list = part->find(key);
    if (list == nullptr || !list->is_list()) {
      return refused(include, file, "the part `" + name + "` has no list `" + key + "`",
                     "include a part that has one");
    }
    way_.push_back(name);
    const bool good = expand(*list, part_file, key);
    way_.pop_back();
    if (!good) return std::nullopt;
    count_ += 1 + list->items.size();
    if (count_ > kIncludedMax) {
      return refused(include, file, "the parts bring more than 5,000 entries",
                     "include fewer of them");
    }
    return std::move(list->items);
  }

  const Parts& parts_;
  form::DefinitionProblems& problems_;
  std::vector<std::string> way_;
  std::size_t count_ = 0;
};

}  // namespace

bool include_parts(Tree& tree, const std::string& file, const Parts& parts,
                   form::DefinitionProblems& problems) {
  return Inclusion(parts, problems).expand(tree, file, "");
}

form::Defined<PackageFiles> include_parts(PackageFiles files, const Parts& parts) {
  form::DefinitionProblems problems;
  for (const std::string name : {"procedure.yaml", "form.yaml"}) {
    const auto found = files.find(name);
    // Most packages include nothing: they are not even read here.
    if (found == files.end() || found->second.find("include") == std::string::npos) continue;
    auto tree = read_tree(found->second, name, problems);
    if (!tree) continue;
    Inclusion inclusion(parts, problems);
    if (inclusion.expand(*tree, name, "") && inclusion.included) {
      found->second = write_tree(*tree);
    }
  }
  if (!problems.empty()) return base::Failure{std::move(problems)};
  return files;
}

}  // namespace procedure
