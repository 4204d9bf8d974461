#include "procedure/package_tree.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/sha256.h"
#include "bpmn/model_xml.h"
#include "procedure/process_tree.h"
#include "procedure/rules_tree.h"
#include "procedure/tree_yaml.h"

namespace procedure {
namespace {

constexpr std::array<std::string_view, 5> kOwnKeys{"form", "process", "rules", "layouts", "files"};

bool is_own_key(std::string_view key) {
  return std::ranges::find(kOwnKeys, key) != kOwnKeys.end();
}

bool is_definition(const std::string& file) {
  return file == "procedure.yaml" || file == "form.yaml" || file == "process.bpmn" ||
         file == "rules.dmn" || file == "result.yaml";
}

// Every entry for one channel: what an overlay says of one channel must not change another.
void split_limits(Tree& root) {
  Tree* cases = root.find("cases");
  if (cases == nullptr || !cases->is_list()) return;
  const Tree* all = root.find("channels");
  for (Tree& one : cases->items) {
    Tree* limits = one.find("limits");
    if (limits == nullptr || !limits->is_list()) continue;
    Tree split = Tree::list();
    split.line = limits->line;
    for (const Tree& limit : limits->items) {
      const Tree* channels = limit.is_map() ? limit.find("channels") : nullptr;
      if (limit.is_map() && channels == nullptr) channels = all;
      if (channels == nullptr || !channels->is_list() || channels->items.empty()) {
        split.items.push_back(limit);
        continue;
      }
      const std::vector<Tree> list = channels->items;
      for (const Tree& channel : list) {
        Tree single = Tree::map();
        single.line = limit.line;
        Tree own = Tree::list();
        own.items.push_back(channel);
        single.put("channels", std::move(own));
        for (std::size_t i = 0; i < limit.keys.size(); ++i) {
          if (limit.keys[i] != "channels") single.put(limit.keys[i], limit.items[i]);
        }
        split.items.push_back(std::move(single));
      }
    }
    *limits = std::move(split);
  }
}

Tree procedure_part(const Tree& root) {
  Tree part = Tree::map();
  for (std::size_t i = 0; i < root.keys.size(); ++i) {
    if (!is_own_key(root.keys[i])) part.put(root.keys[i], root.items[i]);
  }
  return part;
}

const std::string* find_file(const PackageFiles& files, const std::string& name) {
  const auto found = files.find(name);
  return found == files.end() ? nullptr : &found->second;
}

bool same(const Tree* a, const Tree* b) {
  if (a == nullptr || b == nullptr) return a == b;
  return says_the_same(*a, *b);
}

class Writer {
 public:
  Writer(const BasePackage& base, const Tree& tree)
      : base_(base), tree_(tree), files_(base.files) {}

  form::Defined<PackageFiles> run() {
    write_procedure();
    if (changed("form")) files_["form.yaml"] = write_tree(*tree_.find("form"));
    if (changed("layouts")) {
      Tree file = Tree::map();
      file.put("results", *tree_.find("layouts"));
      files_["result.yaml"] = write_tree(file);
    }
    if (changed("process")) write_process();
    if (changed("rules")) write_rules();
    if (changed("files")) write_texts();
    if (!problems_.empty()) return base::Failure{std::move(problems_)};
    return std::move(files_);
  }

 private:
  [[nodiscard]] bool changed(std::string_view key) const {
    const Tree* now = tree_.find(key);
    return now != nullptr && !same(base_.tree.find(key), now);
  }

  void write_procedure() {
    bool changed_key = false;
    for (std::size_t i = 0; i < tree_.keys.size() && !changed_key; ++i) {
      changed_key =
          !is_own_key(tree_.keys[i]) && !same(base_.tree.find(tree_.keys[i]), &tree_.items[i]);
    }
    for (const std::string& key : base_.tree.keys) {
      changed_key = changed_key || tree_.find(key) == nullptr;
    }
    if (changed_key) files_["procedure.yaml"] = write_tree(procedure_part(tree_));
  }

  void write_process() {
    const Tree& process = *tree_.find("process");
    const Tree* whole = process.find("xml");
    if (whole == nullptr) {
      files_["process.bpmn"] = process_xml(base_.process, *base_.tree.find("process"), process);
      return;
    }
    const auto model = bpmn::read_model(whole->text);
    if (!model) {
      problems_.push_back({"process.bpmn", model.error().line, model.error().message,
                           "set the process to BPMN 2.0 XML from a modeller"});
      return;
    }
    files_["process.bpmn"] = process_xml(*model, process_tree(*model), process);
  }

  void write_rules() {
    const Tree& rules = *tree_.find("rules");
    const Tree* whole = rules.find("xml");
    const std::string* known = find_file(base_.files, "rules.dmn");
    const std::string text = whole != nullptr   ? whole->text
                             : known != nullptr ? *known
                                                : std::string{};
    files_["rules.dmn"] = rules_xml(text, rules_tree(text), rules);
  }

  void write_texts() {
    const Tree* before = base_.tree.find("files");
    const Tree& now = *tree_.find("files");
    for (std::size_t i = 0; i < now.keys.size(); ++i) {
      const Tree* was = before == nullptr ? nullptr : before->find(now.keys[i]);
      if (!same(was, &now.items[i])) files_[now.keys[i]] = now.items[i].text;
    }
    if (before == nullptr) return;
    for (const std::string& name : before->keys) {
      if (now.find(name) == nullptr) files_.erase(name);
    }
  }

  const BasePackage& base_;
  const Tree& tree_;
  PackageFiles files_;
  form::DefinitionProblems problems_;
};

}  // namespace

form::Defined<PackageFiles> package_files(const BasePackage& base, const Tree& tree) {
  return Writer(base, tree).run();
}

form::Defined<std::shared_ptr<const BasePackage>> prepare(PackageFiles files,
                                                          std::shared_ptr<const Procedure> loaded) {
  form::DefinitionProblems problems;
  auto base = std::make_shared<BasePackage>();
  const std::string* yaml = find_file(files, "procedure.yaml");
  const std::string* form = find_file(files, "form.yaml");
  const std::string* process = find_file(files, "process.bpmn");
  for (const auto& [name, text] : {std::pair{"procedure.yaml", yaml}, std::pair{"form.yaml", form},
                                   std::pair{"process.bpmn", process}}) {
    if (text == nullptr) {
      problems.push_back({name, 0, "the package has no such file", "add it to the package"});
    }
  }
  if (!problems.empty()) return base::Failure{std::move(problems)};
  if (auto tree = read_tree(*yaml, "procedure.yaml", problems)) base->tree = *std::move(tree);
  for (const std::string_view key : kOwnKeys) {
    const Tree* taken = base->tree.find(key);
    if (taken == nullptr) continue;
    problems.push_back({"procedure.yaml", taken->line,
                        "`" + std::string{key} + "` has a file of its own", "take it out here"});
  }
  split_limits(base->tree);
  base->code = base->tree.text_of("code");
  const std::string revision{base->tree.text_of("revision")};
  if (!revision.empty() && revision.size() < 7 &&
      revision.find_first_not_of("0123456789") == std::string::npos) {
    base->revision = std::stoi(revision);
  }
  if (auto tree = read_tree(*form, "form.yaml", problems)) {
    base->tree.put("form", *std::move(tree));
  }
  if (auto model = bpmn::read_model(*process)) {
    base->process = std::move(model).value();
    base->tree.put("process", process_tree(base->process));
  } else {
    problems.push_back({"process.bpmn", model.error().line, model.error().message,
                        "save it as BPMN 2.0 XML from a modeller"});
  }
  if (const std::string* rules = find_file(files, "rules.dmn"); rules != nullptr) {
    base->tree.put("rules", rules_tree(*rules));
  }
  if (const std::string* layouts = find_file(files, "result.yaml"); layouts != nullptr) {
    if (const auto tree = read_tree(*layouts, "result.yaml", problems)) {
      const Tree* list = tree->find("results");
      base->tree.put("layouts", list == nullptr ? Tree::list() : *list);
    }
  }
  Tree& texts = base->tree.put("files", Tree::map());
  for (const auto& [name, text] : files) {
    if (is_definition(name)) continue;
    texts.put(name, Tree::scalar("sha256:" + base::to_hex(base::sha256(text))));
  }
  if (!problems.empty()) return base::Failure{std::move(problems)};
  base->digest = digest_of(files);
  base->files = std::move(files);
  base->loaded = std::move(loaded);
  return std::shared_ptr<const BasePackage>{std::move(base)};
}

}  // namespace procedure
