#pragma once
// template_block.h - what a template is made of; data/templates/README.md describes each block.
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "documents/template_text.h"

namespace documents::internal {

struct Block;
using Blocks = std::vector<Block>;

// Agency on the left, national title on the right, number and place-and-date below.
struct Head {
  TemplateText parent, agency, number, place_date;
  bool has_parent = false, has_number = false, has_place_date = false;
  double size = 12;
};
struct Paragraph {
  TemplateText text;
  TextStyle style;
  Missing missing = Missing::dots;
  double before = 0, after = 0;
};
// Label, colon, value.
struct Field {
  TemplateText label, value;
  Missing missing = Missing::dots;
  bool strong = false;
};
struct FieldRow {
  std::vector<Field> fields;
  std::vector<double> widths;  // parts of the column
};
struct List {
  TemplateText label, item, none;
  Path items;
  bool numbered = true;
  Missing missing = Missing::dots;
  double size = 0;  // 0: as the body
};
struct TableColumn {
  TemplateText title, value;
  double width = 1;
  Align align = Align::left;
};
struct Table {
  Path rows;
  std::vector<TableColumn> columns;
  double size = 0;  // 0: as the body
};
struct Each {
  Path items;
  Blocks blocks;
};
struct When {
  Path path;
  bool wanted = true;
  Blocks blocks;
};
// Kept on one page; framed: within a rectangle.
struct Keep {
  Blocks blocks;
  bool framed = false;
};
struct Signature {
  TemplateText title, note, name;
};
struct Signatures {
  std::vector<Signature> signatures;  // from left to right; an empty title leaves the place free
  double room = 44;                   // points for the hand or the electronic mark
};
// The code on the left, or on the right, and blocks beside it.
struct QrBand {
  TemplateText content;
  Blocks blocks;
  double side = 68;
  bool on_right = false;
};
struct Space {
  double height = 6;
};
struct HorizontalRule {};

struct Block {
  std::variant<Head, Paragraph, Field, FieldRow, List, Table, Each, When, Keep, Signatures, QrBand,
               Space, HorizontalRule>
      content;
};

}  // namespace documents::internal
