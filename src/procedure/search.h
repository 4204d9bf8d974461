#pragma once
// search.h - finds procedures by everyday words, with or without diacritics, one slip forgiven.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "procedure/card.h"

namespace procedure {

using CardPtr = std::shared_ptr<const Card>;

// An index over the cards of procedures.  Immutable; any number of threads may search it.
class SearchIndex {
 public:
  SearchIndex() = default;
  explicit SearchIndex(std::vector<CardPtr> cards);

  // Best first.  Every word of the query has to be found (as the beginning of a word of the name,
  // keywords, summary, field or code; words of five letters and more forgive one wrong, missing,
  // added or swapped letter).  Where nothing has them all, a long question is met by what has all
  // but one word in four: people write whole sentences.  An empty query yields all, by name.  At
  // most 16 words count.
  [[nodiscard]] std::vector<CardPtr> search(std::string_view query) const;

 private:
  struct Token {
    std::uint32_t word = 0;  // into words_
    int weight = 0;
  };
  struct Entry {
    CardPtr card;
    std::vector<Token> tokens;  // by word, once each with its best place
    std::string folded_name;
    std::vector<std::string> folded_phrases;
  };
  // Each word once, so that a query's word is compared with it once however many procedures have
  // it.
  std::vector<std::string> words_;
  std::vector<Entry> entries_;
};

}  // namespace procedure
