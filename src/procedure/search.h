#pragma once
// search.h - finds procedures by everyday words, with or without diacritics, one slip forgiven.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "procedure/procedure.h"

namespace procedure {

// An index over procedures.  Immutable; any number of threads may search it.
class SearchIndex {
 public:
  explicit SearchIndex(const std::vector<std::shared_ptr<const Procedure>>& procedures);

  // Best first.  Every word of the query has to be found (as the beginning of a word of the name,
  // keywords, summary, field or code; words of five letters and more forgive one wrong, missing,
  // added or swapped letter).  Where nothing has them all, a long question is met by what has all
  // but one word in four: people write whole sentences.  An empty query yields all, by name.  At
  // most 16 words count.
  [[nodiscard]] std::vector<std::shared_ptr<const Procedure>> search(std::string_view query) const;

 private:
  struct Token {
    std::string word;  // folded
    int weight = 0;
  };
  struct Entry {
    std::shared_ptr<const Procedure> procedure;
    std::vector<Token> tokens;
    std::string folded_name;
    std::vector<std::string> folded_phrases;
  };
  std::vector<Entry> entries_;
};

}  // namespace procedure
