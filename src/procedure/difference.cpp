#include "procedure/difference.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "procedure/attribute_path.h"
#include "procedure/outline.h"

namespace procedure {
namespace {

using form::Bilingual;

constexpr std::size_t kDetailsMax = 5;

std::string quoted(const std::string& text) {
  return "“" + text + "”";
}

// "100.000".
std::string grouped(std::int64_t amount) {
  std::string digits = std::to_string(amount);
  const std::size_t first = amount < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, ".");
  }
  return digits;
}

Bilingual in_dong(std::int64_t amount) {
  return {grouped(amount) + " đồng", grouped(amount) + " dong"};
}

Bilingual direction_of(const Fact& before, const Fact& after) {
  if (!before.size || !after.size || *before.size == *after.size) return {};
  const bool less = *after.size < *before.size;
  if (after.measure == Fact::Measure::length) {
    return less ? Bilingual{" (ngắn hơn)", " (shorter)"} : Bilingual{" (dài hơn)", " (longer)"};
  }
  return less ? Bilingual{" (giảm)", " (less)"} : Bilingual{" (tăng)", " (more)"};
}

class Comparison {
 public:
  Comparison(const Procedure& before, const Procedure& after, const DifferenceOptions& options)
      : before_(before), after_(after), options_(options) {}

  std::vector<Difference> run() {
    const Outline was = outline_of(before_);
    const Outline now = outline_of(after_);
    compare_entries(was.entries, now.entries);
    compare_orders(was.orders, now.orders);
    compare_situations();
    compare_files();
    join_channels();
    std::ranges::stable_sort(found_, {}, &Difference::affected);
    return std::move(found_);
  }

 private:
  void say(Affected affected, std::string path, Bilingual text, Bilingual before = {},
           Bilingual after = {}) {
    found_.push_back(
        {affected, std::move(path), std::move(text), std::move(before), std::move(after)});
  }

  // The same path may stand there several times: they are told apart by their order.
  static std::map<std::string, const Entry*> by_path(const std::vector<Entry>& entries) {
    std::map<std::string, const Entry*> map;
    for (const Entry& entry : entries) {
      std::string key = entry.path;
      for (int n = 2; !map.emplace(key, &entry).second; ++n) {
        key = entry.path + "#" + std::to_string(n);
      }
    }
    return map;
  }

  void compare_entries(const std::vector<Entry>& was, const std::vector<Entry>& now) {
    const auto old_entries = by_path(was);
    const auto new_entries = by_path(now);
    std::map<const Entry*, const Entry*> counterpart;
    for (const auto& [path, entry] : new_entries) {
      const auto known = old_entries.find(path);
      if (known != old_entries.end()) counterpart[entry] = known->second;
    }
    for (const Entry& entry : now) {
      const auto known = counterpart.find(&entry);
      if (known != counterpart.end()) {
        compare_facts(*known->second, entry);
      } else {
        tell_entry(entry, true);
      }
    }
    for (const Entry& entry : was) {
      if (std::ranges::none_of(counterpart,
                               [&](const auto& pair) { return pair.second == &entry; })) {
        tell_entry(entry, false);
      }
    }
  }

  static std::string path_of(const Entry& entry, const Fact& fact) {
    return entry.path.empty() ? fact.key : entry.path + "." + fact.key;
  }

  // "Bước “X”: thời gian" or "Tên thủ tục".
  static Bilingual subject_of(const Entry& entry, const Fact& fact) {
    if (form::is_empty(entry.name)) return fact.label;
    return {entry.name.vi + ": " + fact.label.vi, entry.name.en + ": " + fact.label.en};
  }

  void compare_facts(const Entry& was, const Entry& now) {
    for (const Fact& fact : now.facts) {
      const auto known = std::ranges::find(was.facts, fact.key, &Fact::key);
      const Bilingual before = known == was.facts.end() ? Bilingual{} : known->value;
      if (before == fact.value) continue;
      const Bilingual subject = subject_of(was, fact);
      const Bilingual how = known == was.facts.end() ? Bilingual{} : direction_of(*known, fact);
      tell_fact(fact, path_of(now, fact), subject, before, how);
    }
    for (const Fact& fact : was.facts) {
      if (std::ranges::find(now.facts, fact.key, &Fact::key) != now.facts.end()) continue;
      if (form::is_empty(fact.value)) continue;
      const Bilingual subject = subject_of(was, fact);
      say(fact.affected, path_of(was, fact),
          {subject.vi + ": bỏ " + quoted(fact.value.vi),
           subject.en + ": no longer " + quoted(fact.value.en)},
          fact.value);
    }
  }

  void tell_fact(const Fact& fact, std::string path, const Bilingual& subject,
                 const Bilingual& before, const Bilingual& how) {
    Bilingual text;
    if (form::is_empty(before)) {
      text = {subject.vi + ": thêm " + quoted(fact.value.vi),
              subject.en + ": now " + quoted(fact.value.en)};
    } else if (form::is_empty(fact.value)) {
      text = {subject.vi + ": bỏ " + quoted(before.vi),
              subject.en + ": no longer " + quoted(before.en)};
    } else {
      text = {subject.vi + ": từ " + quoted(before.vi) + " thành " + quoted(fact.value.vi) + how.vi,
              subject.en + ": from " + quoted(before.en) + " to " + quoted(fact.value.en) + how.en};
    }
    say(fact.affected, std::move(path), std::move(text), before, fact.value);
  }

  void tell_entry(const Entry& entry, bool added) {
    Bilingual details;
    std::size_t count = 0;
    for (const Fact& fact : entry.facts) {
      const bool own = fact.affected == entry.affected;
      if (!own || form::is_empty(fact.value) || is_said(entry, fact) || count == kDetailsMax) {
        continue;
      }
      ++count;
      details.vi += (details.vi.empty() ? "" : "; ") + fact.label.vi + ": " + fact.value.vi;
      details.en += (details.en.empty() ? "" : "; ") + fact.label.en + ": " + fact.value.en;
    }
    const auto with = [](std::string text, const std::string& more) {
      return more.empty() ? text : text + " (" + more + ")";
    };
    say(entry.affected, entry.path,
        {with((added ? "Thêm: " : "Bỏ: ") + entry.name.vi, details.vi),
         with((added ? "Added: " : "Removed: ") + entry.name.en, details.en)},
        added ? Bilingual{} : entry.name, added ? entry.name : Bilingual{});
    // What it means for others, the deadline above all.
    for (const Fact& fact : entry.facts) {
      if (fact.affected == entry.affected || form::is_empty(fact.value)) continue;
      const Bilingual subject = subject_of(entry, fact);
      say(fact.affected, path_of(entry, fact),
          {subject.vi + (added ? ": thêm " : ": bỏ ") + quoted(fact.value.vi),
           subject.en + (added ? ": now " : ": no longer ") + quoted(fact.value.en)},
          added ? Bilingual{} : fact.value, added ? fact.value : Bilingual{});
    }
  }

  void compare_orders(const std::vector<Order>& was, const std::vector<Order>& now) {
    for (const Order& order : now) {
      const auto known = std::ranges::find(was, order.path, &Order::path);
      if (known == was.end()) continue;
      const auto common = [](const Order& of, const Order& with) {
        std::vector<std::pair<std::string, Bilingual>> items;
        for (const auto& item : of.items) {
          if (std::ranges::any_of(with.items,
                                  [&](const auto& other) { return other.first == item.first; })) {
            items.push_back(item);
          }
        }
        return items;
      };
      const auto before = common(*known, order);
      const auto after = common(order, *known);
      if (std::ranges::equal(
              before, after, {}, [](const auto& item) { return item.first; },
              [](const auto& item) { return item.first; })) {
        continue;
      }
      const auto words = [](const auto& items) {
        Bilingual text;
        for (const auto& [id, name] : items) {
          text.vi += (text.vi.empty() ? "" : " → ") + name.vi;
          text.en += (text.en.empty() ? "" : " → ") + name.en;
        }
        return text;
      };
      const Bilingual from = words(before);
      const Bilingual to = words(after);
      say(order.affected, order.path,
          {order.label.vi + ": từ " + from.vi + " thành " + to.vi,
           order.label.en + ": from " + from.en + " to " + to.en},
          from, to);
    }
  }

  // Limits that change alike for every channel are told once.
  void join_channels() {
    static constexpr std::array<std::array<std::string_view, 3>, 3> kChannels{
        {{".online.", ", nộp trực tuyến", ", filed online"},
         {".counter.", ", nộp tại quầy", ", filed at the counter"},
         {".post.", ", nộp qua bưu chính", ", filed by post"}}};
    const auto without = [](std::string text, std::string_view part, std::string_view by) {
      const std::size_t at = text.find(part);
      return at == std::string::npos ? text : text.replace(at, part.size(), by);
    };
    std::map<std::string, std::vector<std::size_t>> alike;
    std::vector<Difference> joined(found_.size());
    for (std::size_t i = 0; i < found_.size(); ++i) {
      if (found_[i].path.find(".limits.") == std::string::npos) continue;
      joined[i] = found_[i];
      for (const auto& [path, vi, en] : kChannels) {
        joined[i].path = without(std::move(joined[i].path), path, ".*.");
        joined[i].text.vi = without(std::move(joined[i].text.vi), vi, ", mọi cách nộp");
        joined[i].text.en =
            without(std::move(joined[i].text.en), en, ", whichever way it is filed");
      }
      alike[joined[i].path + joined[i].text.vi].push_back(i);
    }
    const std::size_t channels = after_.channels.size();
    std::set<std::size_t> told;
    for (const auto& [unused, places] : alike) {
      if (places.size() < 2 || places.size() != channels || channels != before_.channels.size()) {
        continue;
      }
      found_[places.front()] = joined[places.front()];
      told.insert(places.begin() + 1, places.end());
    }
    std::size_t place = 0;
    std::erase_if(found_, [&](const Difference&) { return told.contains(place++); });
  }

  // Of what is added or gone, its ends are in its name already.
  static bool is_said(const Entry& entry, const Fact& fact) {
    return fact.key == "name" || fact.key == "title" || fact.key == "label" ||
           (entry.path.starts_with("process.flows.") && (fact.key == "from" || fact.key == "to"));
  }

  struct Named {
    std::string name;
    Situation situation;
  };

  [[nodiscard]] std::vector<Named> situations() const {
    std::vector<Named> list;
    std::set<std::string> seen;
    const auto add = [&](const std::string& name, const Situation& situation) {
      const std::string key = base::to_text(situation.answers) +
                              std::string{to_text(situation.channel)} +
                              calendar::to_iso(situation.on);
      if (seen.insert(key).second) list.push_back({name, situation});
    };
    for (const Procedure* one : {&after_, &before_}) {
      for (const Example& example : one->examples) {
        add(example.name, {example.answers, example.channel, example.on});
      }
    }
    int number = 0;
    for (const Situation& situation : options_.situations) {
      add(std::to_string(++number), situation);
    }
    return list;
  }

  static std::vector<std::string> papers_of(const Procedure& procedure, const Case& one,
                                            const Situation& situation) {
    std::vector<std::string> names;
    for (const NeededComponent& needed : components_for(procedure, one, situation)) {
      if (needed.required) names.push_back(needed.component->name.vi);
    }
    return names;
  }

  void compare_situations() {
    if (before_.cases.empty() || after_.cases.empty()) return;
    for (const auto& [name, situation] : situations()) {
      const Case* was = select_case(before_, situation);
      const Case* now = select_case(after_, situation);
      const std::string path = "situations." + name;
      const Bilingual subject{"Tình huống " + quoted(name), "Situation " + quoted(name)};
      if (was->id != now->id) {
        say(Affected::citizen, path + ".case",
            {subject.vi + ": từ trường hợp " + quoted(was->name.vi) + " thành " +
                 quoted(now->name.vi),
             subject.en + ": from the case " + quoted(was->name.en) + " to " +
                 quoted(now->name.en)},
            was->name, now->name);
      }
      compare_fees(path + ".fee", subject, fees_for(before_, *was, situation),
                   fees_for(after_, *now, situation));
      compare_papers(path + ".components", subject, papers_of(before_, *was, situation),
                     papers_of(after_, *now, situation));
    }
  }

  void compare_fees(const std::string& path, const Bilingual& subject,
                    const base::Outcome<Fees>& was, const base::Outcome<Fees>& now) {
    if (!was && !now) return;
    const auto words = [](const base::Outcome<Fees>& fees) {
      return fees ? in_dong(fees->total) : Bilingual{"chưa tính được", "cannot be computed"};
    };
    const bool same_total = was && now && was->total == now->total;
    if (!same_total) {
      const Bilingual before = words(was);
      const Bilingual after = words(now);
      Bilingual how;
      if (was && now) {
        how = now->total > was->total ? Bilingual{" (tăng)", " (more)"}
                                      : Bilingual{" (giảm)", " (less)"};
      }
      say(Affected::fee, path,
          {subject.vi + ": phí, lệ phí từ " + before.vi + " thành " + after.vi + how.vi,
           subject.en + ": fees from " + before.en + " to " + after.en + how.en},
          before, after);
    } else if (was->lines != now->lines) {
      say(Affected::fee, path,
          {subject.vi + ": tổng phí, lệ phí không đổi, các khoản hoặc lý do thay đổi",
           subject.en + ": the fees add up to the same; their lines or reasons differ"},
          in_dong(was->total), in_dong(now->total));
    }
  }

  void compare_papers(const std::string& path, const Bilingual& subject,
                      const std::vector<std::string>& was, const std::vector<std::string>& now) {
    const auto missing = [](const std::vector<std::string>& in,
                            const std::vector<std::string>& from) {
      std::string list;
      for (const std::string& name : from) {
        if (std::ranges::find(in, name) == in.end()) {
          list += (list.empty() ? "" : "; ") + name;
        }
      }
      return list;
    };
    const std::string more = missing(was, now);
    const std::string less = missing(now, was);
    if (more.empty() && less.empty()) return;
    Bilingual text = subject;
    if (!more.empty()) {
      text.vi += ": phải có thêm " + more;
      text.en += ": now required: " + more;
    }
    if (!less.empty()) {
      text.vi += (more.empty() ? ": " : "; ") + std::string{"không phải nộp "} + less;
      text.en += (more.empty() ? ": " : "; ") + std::string{"no longer required: "} + less;
    }
    say(Affected::citizen, path, std::move(text), plain(less), plain(more));
  }

  // What only the files tell.
  void compare_files() {
    if (options_.before == nullptr || options_.after == nullptr) return;
    compare_trees("rules");
    compare_trees("files");
  }

  void compare_trees(const std::string& key) {
    std::map<std::string, const Tree*> was;
    if (const Tree* tree = options_.before->tree.find(key); tree != nullptr) {
      for (const Leaf& leaf : leaves_of(*tree, AttributePath({{key, false}}))) {
        was[leaf.path.text()] = leaf.value;
      }
    }
    if (const Tree* tree = options_.after->tree.find(key); tree != nullptr) {
      for (const Leaf& leaf : leaves_of(*tree, AttributePath({{key, false}}))) {
        const std::string path = leaf.path.text();
        const auto known = was.find(path);
        const Tree* before = known == was.end() ? nullptr : known->second;
        if (before == nullptr || !says_the_same(*before, *leaf.value)) {
          tell_leaf(key, path, before, leaf.value);
        }
        if (known != was.end()) was.erase(known);
      }
    }
    for (const auto& [path, value] : was) tell_leaf(key, path, value, nullptr);
  }

  void tell_leaf(const std::string& key, const std::string& path, const Tree* before,
                 const Tree* after) {
    const auto empty = [](const Tree* tree) {
      return tree == nullptr || (!tree->is_scalar() && tree->items.empty());
    };
    if (empty(before) && empty(after)) return;
    const Bilingual was = empty(before) ? Bilingual{} : plain(in_one_line(*before));
    const Bilingual now = empty(after) ? Bilingual{} : plain(in_one_line(*after));
    if (key == "files") {
      say(Affected::citizen, path,
          {(before == nullptr  ? "Thêm tệp "
            : after == nullptr ? "Bỏ tệp "
                               : "Tệp thay đổi: ") +
               path,
           (before == nullptr  ? "File added: "
            : after == nullptr ? "File removed: "
                               : "File changed: ") +
               path});
      return;
    }
    const bool competence = !after_.authority.decision.empty() &&
                            path.find("[" + after_.authority.decision + "]") != std::string::npos;
    say(competence ? Affected::law : Affected::fee, path,
        {"Quy tắc " + path + ": từ " + quoted(was.vi) + " thành " + quoted(now.vi),
         "Rule " + path + ": from " + quoted(was.en) + " to " + quoted(now.en)},
        was, now);
  }

  const Procedure& before_;
  const Procedure& after_;
  const DifferenceOptions& options_;
  std::vector<Difference> found_;
};

constexpr std::array<Affected, kAffectedCount> kAffected{
    Affected::citizen, Affected::officer, Affected::deadline, Affected::fee, Affected::law};

}  // namespace

std::string_view to_text(Affected affected) {
  switch (affected) {
    case Affected::citizen:
      return "citizen";
    case Affected::officer:
      return "officer";
    case Affected::deadline:
      return "deadline";
    case Affected::fee:
      return "fee";
    case Affected::law:
      return "law";
  }
  return "";
}

form::Bilingual in_words(Affected affected) {
  switch (affected) {
    case Affected::citizen:
      return {"Đối với người dân, doanh nghiệp", "For citizens and businesses"};
    case Affected::officer:
      return {"Đối với cán bộ, công chức", "For officers"};
    case Affected::deadline:
      return {"Về thời hạn", "On deadlines"};
    case Affected::fee:
      return {"Về phí, lệ phí", "On fees"};
    case Affected::law:
      return {"Về căn cứ pháp lý và thẩm quyền", "On the legal basis and competence"};
  }
  return {};
}

std::vector<Difference> differences(const Procedure& before, const Procedure& after,
                                    const DifferenceOptions& options) {
  return Comparison(before, after, options).run();
}

base::json::object to_json(const std::vector<Difference>& differences) {
  const auto bilingual = [](const Bilingual& text) -> base::json::value {
    if (form::is_empty(text)) return nullptr;
    return base::json::object{{"vi", text.vi}, {"en", text.en}};
  };
  base::json::object groups;
  for (const Affected affected : kAffected) {
    base::json::array list;
    for (const Difference& one : differences) {
      if (one.affected != affected) continue;
      list.push_back(base::json::object{{"path", one.path},
                                        {"text", bilingual(one.text)},
                                        {"before", bilingual(one.before)},
                                        {"after", bilingual(one.after)}});
    }
    groups[to_text(affected)] = std::move(list);
  }
  return {{"differences", std::move(groups)}, {"count", differences.size()}};
}

std::string to_text(const std::vector<Difference>& differences, calendar::Language language) {
  const bool vietnamese = language == calendar::Language::vietnamese;
  if (differences.empty()) return vietnamese ? "Không có khác biệt.\n" : "No difference.\n";
  std::string text;
  for (const Affected affected : kAffected) {
    bool first = true;
    for (const Difference& one : differences) {
      if (one.affected != affected) continue;
      if (first) {
        const Bilingual heading = in_words(affected);
        text += (text.empty() ? "" : "\n") + (vietnamese ? heading.vi : heading.en) + "\n";
      }
      first = false;
      text += "  - " + (vietnamese ? one.text.vi : one.text.en) + "\n";
    }
  }
  return text;
}

}  // namespace procedure
