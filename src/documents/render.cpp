#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "base/overloaded.h"
#include "documents/document_template.h"
#include "documents/fonts.h"
#include "documents/page.h"
#include "documents/render_table.h"
#include "documents/template_block.h"

namespace documents {
namespace {

using base::Outcome;
using internal::Align;
using internal::Missing;
using internal::Page;
using internal::Run;
using internal::Scope;
using internal::TextBlock;
using internal::TextStyle;
using internal::WrittenText;

constexpr std::size_t kEntriesMax = 2'000;
constexpr std::size_t kTableRowsMax = 5'000;
constexpr const char* kCutMark = "[…]";

class Renderer {
 public:
  Renderer(Page& page, double body) : page_(page), body_(body) {}

  Outcome<base::Done> print(const internal::Blocks& blocks, const Scope& scope) {
    for (const internal::Block& block : blocks) {
      TRY(std::visit([&](const auto& content) { return print_one(content, scope); },
                     block.content));
    }
    return base::Done{};
  }

 private:
  Outcome<base::Done> print_one(const internal::Head& head, const Scope& scope);
  Outcome<base::Done> print_one(const internal::Paragraph& paragraph, const Scope& scope);
  Outcome<base::Done> print_one(const internal::Field& field, const Scope& scope);
  Outcome<base::Done> print_one(const internal::FieldRow& row, const Scope& scope);
  Outcome<base::Done> print_one(const internal::List& list, const Scope& scope);
  Outcome<base::Done> print_one(const internal::Table& table, const Scope& scope);
  Outcome<base::Done> print_one(const internal::Each& each, const Scope& scope);
  Outcome<base::Done> print_one(const internal::When& when, const Scope& scope);
  Outcome<base::Done> print_one(const internal::Keep& keep, const Scope& scope);
  Outcome<base::Done> print_one(const internal::Signatures& signatures, const Scope& scope);
  Outcome<base::Done> print_one(const internal::QrBand& band, const Scope& scope);
  Outcome<base::Done> print_one(const internal::Space& space, const Scope&) {
    page_.advance(space.height);
    return base::Done{};
  }
  Outcome<base::Done> print_one(const internal::HorizontalRule&, const Scope&) {
    page_.need(6);
    page_.put_rule(page_.left(), page_.y() + 3, page_.width());
    page_.advance(6);
    return base::Done{};
  }

  // Height that `blocks` take in a column narrowed by `left_by` and `right_by`.
  Outcome<double> height_of(const internal::Blocks& blocks, const Scope& scope, double left_by,
                            double right_by) {
    Page measure = Page::measuring(page_);
    measure.narrow(left_by, right_by);
    Renderer renderer(measure, body_);
    TRY(renderer.print(blocks, scope));
    return measure.y();
  }
  // Label and value, or nothing where the field is left out.
  std::vector<Run> runs_of(const internal::Field& field, const Scope& scope, double width) const;
  std::vector<Run> with_leader(std::vector<Run> runs, double width) const;
  [[nodiscard]] double gap() const { return body_ * 0.22; }

  Page& page_;
  double body_;
};

Outcome<base::Done> Renderer::print_one(const internal::Head& head, const Scope& scope) {
  const double size = head.size;
  const TextStyle plain{.size = size, .align = Align::center};
  const TextStyle bold{.size = size, .bold = true, .align = Align::center};
  const TextStyle motto_style{.size = size + 0.5, .bold = true, .align = Align::center};
  const std::string nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
  const double right_width = internal::width_of(nation, bold) + 2;
  const double space = size;
  // On a wide sheet the two columns stand at the margins, not in the middle of their halves.
  const double left_width = std::min(page_.width() - right_width - space, right_width * 1.25);
  const double right = page_.left() + page_.width() - right_width;

  const double top = page_.y();
  double left_y = top;
  if (head.has_parent) {
    const auto parent = internal::write_text(head.parent, scope, Missing::omit);
    if (!parent.plain().empty()) {
      const TextBlock block = internal::balanced(parent.runs, plain, left_width);
      page_.put(block, page_.left() + (left_width - block.width()) / 2, left_y);
      left_y += block.height() + 1.5;
    }
  }
  const TextBlock agency = internal::balanced(
      internal::write_text(head.agency, scope, Missing::dots).runs, bold, left_width);
  page_.put(agency, page_.left() + (left_width - agency.width()) / 2, left_y);
  left_y += agency.height() + 2;
  // A third to a half of the line, centred.  Source: Decree 30/2020/NĐ-CP, annex I, part I, 2.
  const double agency_rule = std::min(agency.ink_width(), left_width) * 0.4;
  page_.put_rule(page_.left() + (left_width - agency_rule) / 2, left_y, agency_rule);

  const TextBlock title({{nation}}, bold, right_width);
  const TextBlock motto({{"Độc lập - Tự do - Hạnh phúc"}}, motto_style, right_width);
  page_.put(title, right, top);
  page_.put(motto, right, top + title.height() + 1.5);
  const double motto_bottom = top + title.height() + motto.height() + 3;
  page_.put_rule(right + (right_width - motto.ink_width()) / 2, motto_bottom, motto.ink_width());

  double y = std::max(left_y, motto_bottom) + size * 0.5;
  double height = 0;
  if (head.has_number) {
    const TextBlock number(internal::write_text(head.number, scope, Missing::dots).runs, plain,
                           left_width);
    page_.put(number, page_.left(), y);
    height = number.height();
  }
  if (head.has_place_date) {
    TextStyle italic = plain;
    italic.italic = true;
    const TextBlock place(internal::write_text(head.place_date, scope, Missing::dots).runs, italic,
                          right_width);
    page_.put(place, right, y);
    height = std::max(height, place.height());
  }
  page_.advance(y + height - top);
  return base::Done{};
}

Outcome<base::Done> Renderer::print_one(const internal::Paragraph& paragraph, const Scope& scope) {
  const WrittenText written = internal::write_text(paragraph.text, scope, paragraph.missing);
  if (paragraph.missing == Missing::omit && written.is_missing()) return base::Done{};
  if (page_.y() > 0) page_.advance(paragraph.before);
  if (paragraph.style.align == Align::center && paragraph.style.bold) {
    const TextBlock heading = internal::balanced(written.runs, paragraph.style, page_.width());
    page_.flow(heading, (page_.width() - heading.width()) / 2);
  } else {
    page_.flow(TextBlock(written.runs, paragraph.style, page_.width()));
  }
  page_.advance(paragraph.after);
  return base::Done{};
}

std::vector<Run> Renderer::with_leader(std::vector<Run> runs, double width) const {
  const TextStyle style{.size = body_};
  const double used = TextBlock(runs, style, width).end_of_last_line();
  const double dot = internal::width_of("....................", style) / 20;
  double room = width - used - 2;
  if (room < 8 * dot) room = width - 2;  // the label fills its line: the dots take the next one
  runs.push_back({std::string(static_cast<std::size_t>(std::max(8.0, room / dot - 1)), '.')});
  return runs;
}

std::vector<Run> Renderer::runs_of(const internal::Field& field, const Scope& scope,
                                   double width) const {
  WrittenText label = internal::write_text(field.label, scope, Missing::omit);
  const WrittenText value = internal::write_text(field.value, scope, field.missing);
  if (value.is_missing() && field.missing == Missing::omit) return {};
  std::vector<Run> runs = std::move(label.runs);
  runs.push_back({": "});
  if (value.is_missing()) return with_leader(std::move(runs), width);
  for (Run run : value.runs) {
    run.bold = run.bold || field.strong;
    runs.push_back(std::move(run));
  }
  return runs;
}

Outcome<base::Done> Renderer::print_one(const internal::Field& field, const Scope& scope) {
  const auto runs = runs_of(field, scope, page_.width());
  if (runs.empty()) return base::Done{};
  page_.flow(TextBlock(runs, {.size = body_, .align = Align::left}, page_.width()));
  page_.advance(gap());
  return base::Done{};
}

Outcome<base::Done> Renderer::print_one(const internal::FieldRow& row, const Scope& scope) {
  const double space = body_;
  double parts = 0;
  for (const double width : row.widths) parts += width;
  const double usable = page_.width() - space * static_cast<double>(row.fields.size() - 1);
  std::vector<TextBlock> cells;
  std::vector<double> lefts;
  double x = page_.left(), height = 0;
  bool anything = false;
  for (std::size_t i = 0; i < row.fields.size(); ++i) {
    const double width = usable * row.widths[i] / parts;
    const auto runs = runs_of(row.fields[i], scope, width);
    anything = anything || !runs.empty();
    cells.emplace_back(runs, TextStyle{.size = body_}, width);
    lefts.push_back(x);
    height = std::max(height, cells.back().height());
    x += width + space;
  }
  if (!anything) return base::Done{};
  if (height > page_.full_height()) {  // a value longer than a page: one below the other
    for (const auto& field : row.fields) TRY(print_one(field, scope));
    return base::Done{};
  }
  page_.need(height);
  for (std::size_t i = 0; i < cells.size(); ++i) page_.put(cells[i], lefts[i], page_.y());
  page_.advance(height + gap());
  return base::Done{};
}

Outcome<base::Done> Renderer::print_one(const internal::List& list, const Scope& scope) {
  const base::json::value* const items = scope.find(list.items);
  const bool none = items == nullptr || !items->is_array() || items->get_array().empty();
  const TextStyle style{.size = list.size};
  std::vector<Run> label = internal::write_text(list.label, scope, Missing::omit).runs;
  if (none) {
    if (!list.none.empty()) {
      label.push_back({": "});
      const auto text = internal::write_text(list.none, scope, Missing::omit);
      label.insert(label.end(), text.runs.begin(), text.runs.end());
    } else if (list.missing == Missing::omit) {
      return base::Done{};
    } else {
      label.push_back({": "});
      label = with_leader(std::move(label), page_.width());
    }
    page_.flow(TextBlock(label, style, page_.width()));
    page_.advance(gap());
    return base::Done{};
  }
  if (!list.label.empty()) {
    label.push_back({":"});
    const TextBlock heading(label, style, page_.width());
    page_.need(heading.height() * 2);  // not alone at the foot of a page
    page_.flow(heading);
    page_.advance(gap() * 0.5);
  }
  const double indent = list.size * 0.8;
  const double mark =
      internal::width_of(items->get_array().size() < 10 ? "0. " : "00. ", style) + 1;
  std::size_t index = 0;
  for (const auto& item : items->get_array()) {
    if (++index > kEntriesMax) {
      page_.flow(TextBlock({{kCutMark}}, style, page_.width()));
      break;
    }
    const Scope inner{&item, &scope, index};
    const auto text = internal::write_text(list.item, inner, Missing::omit);
    const TextBlock block(text.runs, style, page_.width() - indent - mark);
    if (block.lines().size() <= 3) page_.need(block.height());
    page_.put(TextBlock({{list.numbered ? std::to_string(index) + "." : "-"}}, style, 0),
              page_.left() + indent, page_.y());
    page_.flow(block, indent + mark);
    page_.advance(gap() * 0.5);
  }
  page_.advance(gap() * 0.5);
  return base::Done{};
}

Outcome<base::Done> Renderer::print_one(const internal::Table& table, const Scope& scope) {
  print_table(page_, table, scope, kTableRowsMax);
  return base::Done{};
}

Outcome<base::Done> Renderer::print_one(const internal::Each& each, const Scope& scope) {
  const base::json::value* const items = scope.find(each.items);
  if (items == nullptr || !items->is_array()) return base::Done{};
  std::size_t index = 0;
  for (const auto& item : items->get_array()) {
    if (++index > kEntriesMax) {
      page_.flow(TextBlock({{kCutMark}}, {.size = body_}, page_.width()));
      break;
    }
    TRY(print(each.blocks, Scope{&item, &scope, index}));
  }
  return base::Done{};
}

Outcome<base::Done> Renderer::print_one(const internal::When& when, const Scope& scope) {
  if (internal::is_filled(scope.find(when.path)) != when.wanted) return base::Done{};
  return print(when.blocks, scope);
}

Outcome<base::Done> Renderer::print_one(const internal::Keep& keep, const Scope& scope) {
  const double inset = keep.framed ? body_ * 0.8 : 0;
  const double height = TRY(height_of(keep.blocks, scope, inset, inset)) + 2 * inset;
  page_.need(height);
  if (keep.framed && height <= page_.remaining()) {
    page_.put_frame(page_.left(), page_.y(), page_.width(), height);
  }
  page_.advance(inset);
  page_.narrow(inset, inset);
  const auto printed = print(keep.blocks, scope);
  page_.narrow(-inset, -inset);
  page_.advance(inset);
  return printed;
}

Outcome<base::Done> Renderer::print_one(const internal::Signatures& signatures,
                                        const Scope& scope) {
  const double width = page_.width() / static_cast<double>(signatures.signatures.size());
  struct Column {
    TextBlock title, note, name;
  };
  std::vector<Column> columns;
  double top = 0, foot = 0;
  for (const auto& signature : signatures.signatures) {
    const auto block = [&](const internal::TemplateText& text, bool bold, bool italic) {
      const TextStyle style{.size = body_, .bold = bold, .italic = italic, .align = Align::center};
      return TextBlock(internal::write_text(text, scope, Missing::omit).runs, style,
                       width - body_ * 0.5);
    };
    columns.push_back({block(signature.title, true, false), block(signature.note, false, true),
                       block(signature.name, true, false)});
    top = std::max(top, columns.back().title.height() + columns.back().note.height());
    foot = std::max(foot, columns.back().name.height());
  }
  const double height = body_ * 0.6 + top + signatures.room + foot;
  page_.need(height);
  page_.advance(body_ * 0.6);
  double x = page_.left() + body_ * 0.25;
  for (const Column& column : columns) {
    page_.put(column.title, x, page_.y());
    page_.put(column.note, x, page_.y() + column.title.height());
    page_.put(column.name, x, page_.y() + top + signatures.room);
    x += width;
  }
  page_.advance(height - body_ * 0.6 + gap());
  return base::Done{};
}

Outcome<base::Done> Renderer::print_one(const internal::QrBand& band, const Scope& scope) {
  const WrittenText content = internal::write_text(band.content, scope, Missing::omit);
  if (content.is_missing() || content.plain().empty()) return print(band.blocks, scope);
  const QrCode code = TRY(QrCode::of(content.plain()));
  const double shift = band.side + body_ * 0.6;
  const double left_by = band.on_right ? 0 : shift, right_by = shift - left_by;
  const double beside = TRY(height_of(band.blocks, scope, left_by, right_by));
  const double height = std::max(band.side, beside);
  page_.need(height);
  // The quiet zone of the symbol is white anyway: the symbol itself is flush with the margin.
  const double quiet = band.side / (code.size() + 2 * QrCode::kQuietZone) * QrCode::kQuietZone;
  const double top = page_.y();
  const double x =
      band.on_right ? page_.left() + page_.width() - band.side + quiet : page_.left() - quiet;
  page_.put_qr(code, x, top, band.side);
  page_.narrow(left_by, right_by);
  if (!band.on_right) page_.advance((height - beside) / 2);
  const auto printed = print(band.blocks, scope);
  page_.narrow(-left_by, -right_by);
  if (height <= page_.full_height()) page_.advance(std::max(0.0, top + height - page_.y()));
  return printed;
}

bool mentions(const internal::TemplateText& text, std::string_view name) {
  return std::ranges::any_of(text, [&](const internal::Piece& piece) {
    return piece.path.size() == 1 && piece.path[0] == name;
  });
}

}  // namespace

Outcome<std::string> render(const DocumentTemplate& document_template,
                            const base::json::value& fields) {
  if (!fields.is_object()) {
    return base::fault(base::FaultCode::invalid, "the fields of a document are an object");
  }
  if (!internal::fonts_are_installed()) {
    return base::fault(base::FaultCode::unavailable, "no font for documents is installed");
  }
  try {
    const Scope scope{&fields, nullptr, 0};
    internal::PageFormat format =
        document_template.paper() == Paper::a5 ? internal::a5_format() : internal::a4_format();
    if (document_template.is_landscape()) format = internal::landscape(format);
    internal::Furniture furniture;
    const auto watermark =
        internal::write_text(document_template.watermark(), scope, Missing::omit);
    if (!watermark.is_missing()) furniture.watermark = watermark.plain();
    furniture.numbers_on_top = !mentions(document_template.footer(), "page");
    int pages = 0;
    if (mentions(document_template.footer(), "pages")) {
      Page count = Page::counting(format);
      Renderer counter(count, document_template.body_size());
      TRY(counter.print(document_template.blocks(), scope));
      pages = count.pages();
    }
    furniture.footer = [&](int page) {
      const base::json::value place = base::json::object{{"page", page}, {"pages", pages}};
      const Scope here{&place, &scope, 0};
      const auto footer = internal::write_text(document_template.footer(), here, Missing::omit);
      return footer.is_missing() ? std::string{} : footer.plain();
    };
    Page page(
        format,
        {document_template.name(), document_template.act(), base::string_or(fields, "issued_on")},
        std::move(furniture));
    Renderer renderer(page, document_template.body_size());
    TRY(renderer.print(document_template.blocks(), scope));
    return page.finish();
  } catch (const std::exception& problem) {
    return base::fault(base::FaultCode::internal, problem.what());
  }
}

}  // namespace documents
