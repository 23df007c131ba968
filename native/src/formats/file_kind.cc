// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "formats/file_kind.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <string_view>

#include "yolotorch/error.h"

namespace yolotorch::formats {
namespace {

constexpr char kExport[] =
    "load the checkpoint (.pt) it was made from, or a TorchScript archive";

struct Magic {
  std::size_t at;
  std::string_view bytes;
  const char* id;
  const char* title;
  const char* advice;
};

using std::string_view_literals::operator""sv;

constexpr std::array kMagics = std::to_array<Magic>({
    {0, "version https://git-lfs"sv, "git-lfs-pointer",
     "a Git LFS pointer, not the file it stands for",
     "fetch the file with 'git lfs pull'"},
    {4, "TFL3"sv, "tflite", "a TensorFlow Lite model", kExport},
    {4, "ET12"sv, "executorch", "an ExecuTorch program", kExport},
    {0, "\x89HDF\r\n\x1a\n"sv, "hdf5", "an HDF5 file (Keras weights, perhaps)",
     kExport},
    {0, "GGUF"sv, "gguf", "a GGUF language model", kExport},
    {0, "7767517"sv, "ncnn", "an ncnn parameter file", kExport},
    {0, "ptrt"sv, "tensorrt", "a TensorRT engine", kExport},
    {0, "ftrt"sv, "tensorrt", "a TensorRT engine", kExport},
    {0, "\xff\xd8\xff"sv, "picture", "a JPEG picture",
     "name it as source=, not as model="},
    {0, "\x89PNG"sv, "picture", "a PNG picture",
     "name it as source=, not as model="},
    {0, "\x1f\x8b"sv, "gzip", "a gzip archive", "unpack it first"},
    {257, "ustar"sv, "tar", "a tar archive", "unpack it first"},
    {0, "%PDF"sv, "pdf", "a PDF document", kExport},
    {0, "\x93NUMPY"sv, "numpy", "a NumPy array", kExport},
    // A pickled number that old releases of torch.save begin with.
    {0, "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19"sv,
     "legacy-checkpoint", "a checkpoint of a PyTorch older than 1.6",
     "load it in Python and save it again with a newer PyTorch"},
    {0, "\x80\x02"sv, "pickle", "a bare Python pickle", kExport},
    {0, "\x80\x03"sv, "pickle", "a bare Python pickle", kExport},
    {0, "\x80\x04"sv, "pickle", "a bare Python pickle", kExport},
    {0, "\x80\x05"sv, "pickle", "a bare Python pickle", kExport},
});

std::string_view TextOf(Bytes bytes, std::size_t most) {
  return {reinterpret_cast<const char*>(bytes.data()),
          std::min(bytes.size(), most)};
}

// Eight bytes of length, then a JSON object of that length.
bool IsSafeTensors(Bytes bytes) {
  if (bytes.size() < 10 || bytes[8] != '{') return false;
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), sizeof(length));
  return length >= 2 && length <= bytes.size() - 8;
}

// Four bytes of length, then the JSON that Ultralytics puts before an engine.
bool IsEngineWithMetadata(Bytes bytes) {
  if (bytes.size() < 8 || bytes[4] != '{') return false;
  std::uint32_t length = 0;
  std::memcpy(&length, bytes.data(), sizeof(length));
  return length >= 2 && length < bytes.size() - 4 && bytes[3 + length] == '}';
}

// A protobuf whose first fields are ir_version (a small number) and the name of
// the producer.
bool IsOnnx(Bytes bytes) {
  return bytes.size() > 4 && bytes[0] == 0x08 && bytes[1] < 0x40 &&
         (bytes[2] == 0x12 || bytes[2] == 0x3a || bytes[2] == 0x42);
}

// A protobuf whose first fields are the version of the specification and a
// description: a message that begins with an input. ONNX has a name there.
bool IsCoreMl(Bytes bytes) {
  if (bytes.size() < 8 || bytes[0] != 0x08 || bytes[1] == 0 ||
      bytes[1] > 0x10 || bytes[2] != 0x12) {
    return false;
  }
  std::size_t at = 3;
  while (at < 8 && (bytes[at] & 0x80) != 0) ++at;
  return at + 1 < bytes.size() && bytes[at + 1] == 0x0a;
}

bool StartsWithWord(std::string_view text, std::string_view word) {
  const auto begin = std::find_if(text.begin(), text.end(), [](char c) {
    return std::isspace(static_cast<unsigned char>(c)) == 0;
  });
  text.remove_prefix(static_cast<std::size_t>(begin - text.begin()));
  return text.size() >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) {
           return a == std::tolower(static_cast<unsigned char>(b));
         });
}

FileKind KindOfZip(Bytes bytes) {
  constexpr std::uint64_t kMaxRecords = 20'000;
  ZipDirectory directory;
  try {
    directory = ReadZipDirectory(bytes, "", kMaxRecords);
  } catch (const Error&) {
    // Damaged: the reader says how.
    return {"checkpoint", "a damaged zip archive", ""};
  }
  const auto has = [&](std::string_view name) {
    return std::any_of(directory.records.begin(), directory.records.end(),
                       [&](const ZipRecord& record) {
                         return record.name == name ||
                                record.name.ends_with("/" + std::string(name));
                       });
  };
  if (has("constants.pkl") && has("data.pkl")) {
    if (has("bytecode.pkl")) {
      return {"lite-interpreter",
              "a TorchScript archive for the lite interpreter of phones", ""};
    }
    return {"torchscript", "a TorchScript archive", ""};
  }
  // Older than the checkpoints of today: model.json and tensors beside it.
  if (has("model.json") && has("attributes.pkl")) {
    return {"legacy-torchscript", "a TorchScript archive of PyTorch 1.0 to 1.3",
            "export the model again with a newer PyTorch"};
  }
  if (has("archive_format") || has("serialized_exported_program.json")) {
    return {"torch-export", "a program of torch.export (.pt2)", kExport};
  }
  if (has("data.pkl")) return {"checkpoint", "a PyTorch checkpoint", ""};
  if (has("META-INF/MANIFEST.MF")) {
    return {"jar", "a Java archive", "name a model file"};
  }
  if (has("[Content_Types].xml")) {
    return {"office-document", "an office document", "name a model file"};
  }
  if (has("model.weights.h5")) return {"keras", "a Keras model", kExport};
  const bool arrays =
      !directory.records.empty() &&
      std::all_of(directory.records.begin(), directory.records.end(),
                  [](const ZipRecord& r) { return r.name.ends_with(".npy"); });
  if (arrays) return {"numpy", "an archive of NumPy arrays", kExport};
  return {"zip", "a zip archive that holds no model",
          "unpack it and name the model file inside"};
}

}  // namespace

FileKind KindOf(Bytes bytes) {
  if (bytes.empty()) {
    return {"empty", "an empty file", "copy or download it again"};
  }
  if (LooksLikeZip(bytes)) return KindOfZip(bytes);
  for (const Magic& magic : kMagics) {
    if (bytes.size() >= magic.at + magic.bytes.size() &&
        std::memcmp(bytes.data() + magic.at, magic.bytes.data(),
                    magic.bytes.size()) == 0) {
      return {magic.id, magic.title, magic.advice};
    }
  }
  if (IsSafeTensors(bytes)) {
    return {"safetensors", "a SafeTensors file: weights without their network",
            kExport};
  }
  if (IsEngineWithMetadata(bytes)) {
    return {"tensorrt", "a TensorRT engine", kExport};
  }
  if (IsCoreMl(bytes)) return {"coreml", "a Core ML model", kExport};
  if (IsOnnx(bytes)) return {"onnx", "an ONNX model", kExport};
  const std::string_view text = TextOf(bytes, 4096);
  if (StartsWithWord(text, "<!doctype html") || StartsWithWord(text, "<html")) {
    return {"html", "a web page, perhaps of a download that failed",
            "download the model file itself"};
  }
  if (StartsWithWord(text, "<?xml") || StartsWithWord(text, "<net")) {
    if (text.find("<net ") != std::string_view::npos) {
      return {"openvino", "an OpenVINO network", kExport};
    }
    return {"xml", "an XML file", kExport};
  }
  const bool readable = std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 || byte == '\n' || byte == '\r' || byte == '\t';
  });
  if (readable) return {"text", "a text file", "name a model file"};
  return {"unknown", "a file of no kind that is known here", kExport};
}

}  // namespace yolotorch::formats
