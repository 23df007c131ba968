// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "formats/scalars.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace yolotorch::formats {
namespace {

using Kind = Value::Kind;

// The bytes of a value: pickled as such, or, by the older protocols, as a text
// with a character for each.
std::optional<std::string> BytesIn(const Value& value) {
  if (value.Is(Kind::kBytes)) return value.text;
  if (value.ClassName() != "_codecs.encode" || value.arguments == nullptr ||
      value.arguments->items.empty()) {
    return std::nullopt;
  }
  const std::string text = value.arguments->items[0]->TextOr("");
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x80) {
      bytes += text[i];
    } else if ((c == 0xC2 || c == 0xC3) && i + 1 < text.size()) {
      bytes += static_cast<char>((c << 6) | (text[++i] & 0x3F));
    } else {
      return std::nullopt;
    }
  }
  return bytes;
}

template <typename T>
std::optional<double> As(const std::string& bytes) {
  T number;
  if (bytes.size() != sizeof(T)) return std::nullopt;
  std::memcpy(&number, bytes.data(), sizeof(T));
  return static_cast<double>(number);
}

// A scalar of NumPy: its type, such as "i8", and its bytes.
struct NumpyScalar {
  std::string type;
  std::string bytes;
};

std::optional<NumpyScalar> NumpyIn(const Value& value) {
  if (!value.ClassName().ends_with(".multiarray.scalar") ||
      value.arguments == nullptr || value.arguments->items.size() != 2) {
    return std::nullopt;
  }
  const Value& type = *value.arguments->items[0];
  const auto bytes = BytesIn(*value.arguments->items[1]);
  if (!type.ClassName().starts_with("numpy") || type.arguments == nullptr ||
      type.arguments->items.empty() || !bytes) {
    return std::nullopt;
  }
  // (version, byte order, ...)
  const bool is_big = type.state != nullptr && type.state->items.size() > 1 &&
                      type.state->items[1]->TextOr("") == ">";
  if (is_big) return std::nullopt;
  return NumpyScalar{type.arguments->items[0]->TextOr(""), *bytes};
}

std::optional<double> NumberIn(const NumpyScalar& scalar) {
  struct Reader {
    std::string_view type;
    std::optional<double> (*read)(const std::string&);
  };
  static constexpr std::array<Reader, 11> kReaders = {
      {{"b1", As<std::uint8_t>},
       {"i1", As<std::int8_t>},
       {"i2", As<std::int16_t>},
       {"i4", As<std::int32_t>},
       {"i8", As<std::int64_t>},
       {"u1", As<std::uint8_t>},
       {"u2", As<std::uint16_t>},
       {"u4", As<std::uint32_t>},
       {"u8", As<std::uint64_t>},
       {"f4", As<float>},
       {"f8", As<double>}}};
  for (const Reader& reader : kReaders) {
    if (reader.type == scalar.type) return reader.read(scalar.bytes);
  }
  return std::nullopt;
}

// A NumPy text: four bytes a character.
std::optional<std::string> TextOf(const NumpyScalar& scalar) {
  if (!scalar.type.starts_with("U") || scalar.bytes.size() % 4 != 0) {
    return std::nullopt;
  }
  std::string text;
  for (std::size_t i = 0; i < scalar.bytes.size(); i += 4) {
    std::uint32_t c = 0;
    std::memcpy(&c, scalar.bytes.data() + i, 4);
    if (c == 0 || c > 0x10FFFF) break;
    const auto tail = [&](int shift) {
      text += static_cast<char>(0x80 | ((c >> shift) & 0x3F));
    };
    if (c < 0x80) {
      text += static_cast<char>(c);
    } else if (c < 0x800) {
      text += static_cast<char>(0xC0 | (c >> 6));
      tail(0);
    } else if (c < 0x10000) {
      text += static_cast<char>(0xE0 | (c >> 12));
      tail(6);
      tail(0);
    } else {
      text += static_cast<char>(0xF0 | (c >> 18));
      tail(12);
      tail(6);
      tail(0);
    }
  }
  return text;
}

// As Python's repr(): the shortest digits that give the number back.
std::string FloatText(double number) {
  if (std::isnan(number)) return "nan";
  if (std::isinf(number)) return number < 0 ? "-inf" : "inf";
  std::array<char, 64> digits{};
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  std::string text(digits.data(), end);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

std::optional<std::string> PathIn(const Value& value) {
  if (!value.ClassName().starts_with("pathlib.") ||
      value.arguments == nullptr) {
    return std::nullopt;
  }
  const bool is_windows =
      value.ClassName().find("Windows") != std::string_view::npos;
  std::string path;
  for (const Value* part : value.arguments->items) {
    const bool joined =
        path.empty() || path.back() == '/' || path.back() == '\\';
    path += (joined ? "" : is_windows ? "\\" : "/") + part->TextOr("");
  }
  return path;
}

}  // namespace

std::optional<double> NumberIn(const Value& value) {
  switch (value.kind) {
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kFloat:
      return value.NumberOr(0);
    case Kind::kObject: {
      const auto scalar = NumpyIn(value);
      return scalar ? NumberIn(*scalar) : std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

std::optional<std::string> TextIn(const Value& value) {
  switch (value.kind) {
    case Kind::kString:
      return value.text;
    case Kind::kNone:
      return "None";
    case Kind::kBool:
      return value.integer != 0 ? "True" : "False";
    case Kind::kInt:
      return std::to_string(value.integer);
    case Kind::kFloat:
      return FloatText(value.number);
    case Kind::kObject:
      break;
    default:
      return std::nullopt;
  }
  const auto scalar = NumpyIn(value);
  if (!scalar) return PathIn(value);
  if (const auto text = TextOf(*scalar)) return text;
  const auto number = NumberIn(*scalar);
  if (!number) return std::nullopt;
  if (scalar->type == "b1") return *number != 0 ? "True" : "False";
  if (scalar->type.starts_with("f")) return FloatText(*number);
  return std::to_string(static_cast<std::int64_t>(*number));
}

Entries EntriesIn(const Value& value) {
  if (value.Is(Kind::kDict)) return {&value.items, true};
  if (value.Is(Kind::kList) || value.Is(Kind::kTuple)) {
    return {&value.items, false};
  }
  const std::string_view type = value.ClassName();
  if (!type.starts_with("collections.")) return {};
  const bool are_pairs = type.ends_with("Dict") || type.ends_with("dict") ||
                         type.ends_with("Counter");
  if (value.items.empty() && value.arguments != nullptr) {
    // Called with its content, which a factory may precede.
    for (const Value* argument : value.arguments->items) {
      if (argument->Is(Kind::kDict) == are_pairs && !argument->items.empty()) {
        return {&argument->items, are_pairs};
      }
    }
  }
  return {&value.items, are_pairs};
}

const Value* MemberOf(const Value& value, std::string_view name) {
  if (value.Is(Kind::kDict)) return value.Get(name);
  if (!value.Is(Kind::kObject)) return nullptr;
  if (value.state != nullptr) return value.state->Get(name);
  const Entries entries = EntriesIn(value);
  if (entries.items == nullptr || !entries.are_pairs) return nullptr;
  for (std::size_t i = entries.items->size() & ~std::size_t{1}; i >= 2;
       i -= 2) {
    if ((*entries.items)[i - 2]->TextOr("") == name) {
      return (*entries.items)[i - 1];
    }
  }
  return nullptr;
}

}  // namespace yolotorch::formats
