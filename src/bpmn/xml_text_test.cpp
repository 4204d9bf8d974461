// What is XML and what is not, in whatever encoding it comes.
#include "bpmn/xml_text.h"

#include <gtest/gtest.h>

namespace bpmn {
namespace {

std::string wide(std::u16string_view text, bool big_endian) {
  std::string bytes;
  for (const char16_t c : text) {
    const char high = static_cast<char>(c >> 8U);
    const char low = static_cast<char>(c & 0xFFU);
    bytes += big_endian ? high : low;
    bytes += big_endian ? low : high;
  }
  return bytes;
}

TEST(XmlText, IsDecodedByItsMarkOrItsDeclaration) {
  const std::string plain = "<a n=\"Tâche\"/>";
  const auto decoded = [](const std::string& bytes) {
    const auto text = utf8_of_xml(bytes);
    return text ? *text : "fault: " + text.error().message;
  };
  EXPECT_EQ(decoded(plain), plain);
  EXPECT_EQ(decoded("\xEF\xBB\xBF" + plain), plain);
  for (const bool big : {true, false}) {
    EXPECT_EQ(decoded(wide(u"\uFEFF<a n=\"Tâche\"/>", big)), plain);
    EXPECT_EQ(decoded(wide(u"<a n=\"Tâche\"/>", big)), plain);
  }
  for (const char* name : {"ISO-8859-1", "iso-8859-15", "windows-1252", "Windows-1258"}) {
    const std::string head = std::string{"<?xml version='1.0' encoding='"} + name + "'?>";
    EXPECT_EQ(decoded(head + "<a n=\"T\xE2\x63he\"/>"), head + plain) << name;
  }
  const std::string wrong = "<?xml version=\"1.0\" encoding=\"utf-16\"?>";
  EXPECT_EQ(decoded(wrong + plain), wrong + plain) << "it says so, but it is in single bytes";
  EXPECT_EQ(decoded("<a>\n\xE2\x28</a>"), "fault: not text in utf-8");
  EXPECT_EQ(utf8_of_xml("<a>\n\n\xFF</a>").error().line, 3);
  EXPECT_EQ(decoded("<?xml version='1.0' encoding='klingon'?><a/>"),
            "fault: the encoding 'klingon' is not known");
}

TEST(XmlText, IsJudgedStrictly) {
  for (const char* text : {"<a/>", "<?xml version='1.0'?>\n<a><!-- b --><b c='&lt;'/></a>\n",
                           "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
                           "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
                           "<p:a xmlns:p='u'/>", "<a>đơn đề nghị</a>"}) {
    EXPECT_TRUE(shape_of_xml(text)) << text;
  }
  struct Broken {
    const char* text;
    int line;
  };
  for (const Broken& one :
       {Broken{"", 1}, Broken{"text", 1}, Broken{"<a>\n<b></a>", 2}, Broken{"<a>\n\n", 3},
        Broken{"<a b='1'\n b='2'/>", 2}, Broken{"<p:a/>", 1}, Broken{"<a>\n&nbsp;</a>", 2},
        Broken{"<a>x & y</a>", 1}, Broken{"<a/>\n<b/>", 2},
        Broken{"\n<?xml version='1.0'?><a/>", 2}, Broken{"<a b=c/>", 1},
        Broken{"<a>\x01</a>", 1}}) {
    const auto shape = shape_of_xml(one.text);
    ASSERT_FALSE(shape) << one.text;
    EXPECT_EQ(shape.error().line, one.line) << one.text << " " << shape.error().message;
    EXPECT_FALSE(shape.error().message.empty());
  }
}

TEST(XmlText, BombsAreStoppedAndDepthIsCountedWithoutRecursion) {
  std::string bomb = "<!DOCTYPE a [<!ENTITY l0 'lol'>";
  for (int i = 1; i < 12; ++i) {
    bomb += "<!ENTITY l" + std::to_string(i) + " '";
    for (int j = 0; j < 10; ++j) bomb += "&l" + std::to_string(i - 1) + ";";
    bomb += "'>";
  }
  EXPECT_FALSE(shape_of_xml(bomb + "]><a>&l11;</a>"));
  std::string deep;
  for (int i = 0; i < 300'000; ++i) deep += "<a>";
  for (int i = 0; i < 300'000; ++i) deep += "</a>";
  EXPECT_EQ(shape_of_xml(deep)->depth, 300'000U);
  const auto shape = shape_of_xml("<a><b/><c><d/></c></a>");
  EXPECT_EQ(shape->depth, 3U);
  EXPECT_EQ(shape->elements, 4U);
}

}  // namespace
}  // namespace bpmn
