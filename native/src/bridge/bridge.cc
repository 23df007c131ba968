// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "bridge/bridge.h"

#include <c10/util/Exception.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "api/guard.h"
#include "vision/classify.h"
#include "vision/letterbox.h"
#include "yolotorch/model.h"

namespace yolotorch {
namespace bridge {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kNumbersPerImage = 5;

thread_local std::string last_text;
std::atomic<std::int64_t> open_models{0};

// Runs `work`, which returns a number >= 0; an exception becomes -Code.
template <typename Work>
std::int64_t Call(Work&& work) noexcept {
  try {
    return api::Guarded(std::forward<Work>(work));
  } catch (const Error& error) {
    last_text = error.what();
    return -static_cast<std::int64_t>(error.code());
  } catch (...) {
    return -static_cast<std::int64_t>(Code::kInternal);
  }
}

// "key=value", one a line.
class Settings {
 public:
  explicit Settings(const std::string& text) {
    std::istringstream lines(text);
    std::string line;
    while (std::getline(lines, line)) {
      const std::size_t equals = line.find('=');
      if (equals == std::string::npos) Fail(line);
      values_[line.substr(0, equals)] = line.substr(equals + 1);
    }
  }

  [[nodiscard]] std::string Text(const std::string& key,
                                 const std::string& fallback) const {
    const auto found = values_.find(key);
    return found == values_.end() ? fallback : found->second;
  }

  [[nodiscard]] std::int64_t Int(const std::string& key,
                                 std::int64_t fallback) const {
    const auto found = values_.find(key);
    return found == values_.end() ? fallback : Parse(found->second);
  }

  [[nodiscard]] bool Flag(const std::string& key) const {
    return Text(key, "false") == "true";
  }

  [[nodiscard]] float Float(const std::string& key, float fallback) const {
    const auto found = values_.find(key);
    if (found == values_.end()) return fallback;
    const std::string& text = found->second;
    float value = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) Fail(text);
    return value;
  }

  // "height,width"; zeros when absent.
  [[nodiscard]] std::array<int, 2> Size(const std::string& key) const {
    const auto found = values_.find(key);
    if (found == values_.end()) return {0, 0};
    const std::size_t comma = found->second.find(',');
    if (comma == std::string::npos) Fail(found->second);
    return {static_cast<int>(Parse(found->second.substr(0, comma))),
            static_cast<int>(Parse(found->second.substr(comma + 1)))};
  }

 private:
  [[noreturn]] static void Fail(const std::string& text) {
    throw Error(Code::kInvalidArgument,
                "'" + text + "' is no setting that the native part knows.");
  }

  static std::int64_t Parse(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) Fail(text);
    return value;
  }

  std::map<std::string, std::string> values_;
};

LoadOptions LoadOptionsFrom(const Settings& settings) {
  LoadOptions options;
  options.device = settings.Text("device", options.device);
  options.seed = static_cast<std::uint64_t>(settings.Int("seed", 0));
  return options;
}

std::int64_t Adopt(Model&& model) {
  auto owned = std::make_unique<Model>(std::move(model));
  ++open_models;
  return static_cast<std::int64_t>(
      reinterpret_cast<std::intptr_t>(owned.release()));
}

Model& ModelOf(std::int64_t handle) {
  return *reinterpret_cast<Model*>(static_cast<std::intptr_t>(handle));
}

ImageView ImageFrom(const std::int64_t* image) {
  return {reinterpret_cast<const std::uint8_t*>(
              static_cast<std::intptr_t>(image[0])),
          static_cast<int>(image[1]), static_cast<int>(image[2]), image[3],
          static_cast<PixelFormat>(image[4])};
}

// Appends plain numbers in native byte order.
class Packer {
 public:
  template <typename T>
  void Put(T value) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&value);
    bytes_.insert(bytes_.end(), bytes, bytes + sizeof(T));
  }

  template <typename T>
  void PutAll(const std::vector<T>& values) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(values.data());
    bytes_.insert(bytes_.end(), bytes, bytes + values.size() * sizeof(T));
  }

  void Pad() { bytes_.resize((bytes_.size() + 3) / 4 * 4); }

  std::vector<std::uint8_t>& bytes() { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
};

std::int32_t TaskNumber(const std::string& task) {
  constexpr std::array<std::string_view, 5> kTasks = {
      "detect", "segment", "pose", "obb", "classify"};
  return static_cast<std::int32_t>(
      std::find(kTasks.begin(), kTasks.end(), task) - kTasks.begin());
}

void PutDetection(const Detection& row, Packer* packer) {
  for (const float value : {row.x1, row.y1, row.x2, row.y2, row.confidence,
                            static_cast<float>(row.class_id)}) {
    packer->Put(value);
  }
}

void PutMask(const Mask& mask, Packer* packer) {
  for (const std::int32_t value :
       {mask.left, mask.top, mask.width, mask.height}) {
    packer->Put(value);
  }
  packer->PutAll(mask.bits);
  packer->Pad();
  packer->Put(static_cast<std::int32_t>(mask.polygon.size() / 2));
  packer->PutAll(mask.polygon);
}

// `values`: numbers a row of this model's results.
void PutImage(const ImageResult& result, std::int32_t values, Packer* packer) {
  if (!result.probabilities.empty()) {
    packer->Put(std::int32_t{1});
    packer->PutAll(result.probabilities);
    return;
  }
  packer->Put(static_cast<std::int32_t>(result.detections.size() +
                                        result.rotated.size()));
  for (const RotatedDetection& row : result.rotated) {
    for (const float value :
         {row.cx, row.cy, row.width, row.height, row.confidence,
          static_cast<float>(row.class_id), row.angle}) {
      packer->Put(value);
    }
  }
  const auto extra = static_cast<std::size_t>(values) - 6;
  for (std::size_t i = 0; i < result.detections.size(); ++i) {
    PutDetection(result.detections[i], packer);
    for (std::size_t k = 0; k < extra; ++k) {
      packer->Put(result.keypoints[i * extra + k]);
    }
  }
  for (const Mask& mask : result.masks) PutMask(mask, packer);
}

// Numbers a row: what predict() documents.
std::int32_t ValuesPerRow(const ModelInfo& info, const Predictions& result) {
  if (info.task == "classify") {
    return static_cast<std::int32_t>(result.images[0].probabilities.size());
  }
  if (info.task == "pose") return 6 + info.keypoints * info.keypoint_values;
  return info.task == "obb" ? 7 : 6;
}

// Results too large for the caller's buffer, until they are taken.
class WaitingResults {
 public:
  std::int64_t Add(std::vector<std::uint8_t> bytes) {
    const std::lock_guard<std::mutex> lock(mutex_);
    results_.emplace(++last_, std::move(bytes));
    return last_;
  }

  std::vector<std::uint8_t> Take(std::int64_t ticket) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = results_.find(ticket);
    if (found == results_.end()) {
      throw Error(Code::kInternal,
                  "No result waits under this ticket; please report it.");
    }
    std::vector<std::uint8_t> bytes = std::move(found->second);
    results_.erase(found);
    return bytes;
  }

  std::int64_t count() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return static_cast<std::int64_t>(results_.size());
  }

 private:
  std::mutex mutex_;
  std::int64_t last_ = 0;
  std::map<std::int64_t, std::vector<std::uint8_t>> results_;
};

WaitingResults& Waiting() {
  static WaitingResults waiting;
  return waiting;
}

void PutLine(std::string* out, std::string_view key, std::string_view value) {
  out->append(key).push_back(' ');
  for (const char c : value) {
    if (c == '\\') {
      out->append("\\\\");
    } else if (c == '\n') {
      out->append("\\n");
    } else if (c == '\r') {
      out->append("\\r");
    } else if (c != '\0') {
      out->push_back(c);
    }
  }
  out->push_back('\n');
}

}  // namespace

std::string lastText() { return last_text; }

std::string buildInfo() { return BuildInfo(); }

std::int64_t openFile(const std::string& path, const std::string& settings) {
  return Call([&] {
    return Adopt(Model::Load(path, LoadOptionsFrom(Settings(settings))));
  });
}

std::int64_t openBytes(const std::uint8_t* data, std::int64_t size,
                       const std::string& name, const std::string& settings) {
  return Call([&] {
    std::vector<std::uint8_t> bytes(data, data + size);
    return Adopt(Model::LoadBytes(std::move(bytes), name,
                                  LoadOptionsFrom(Settings(settings))));
  });
}

void closeModel(std::int64_t model) {
  Call([&]() -> std::int64_t {
    const std::unique_ptr<Model> owned(&ModelOf(model));
    --open_models;
    return 0;
  });
}

std::string describe(std::int64_t model) {
  std::string text;
  Call([&]() -> std::int64_t {
    const ModelInfo& info = ModelOf(model).info();
    PutLine(&text, "kind", info.kind);
    PutLine(&text, "task", info.task);
    PutLine(&text, "family", info.family);
    PutLine(&text, "scale", info.scale);
    PutLine(
        &text, "imgsz",
        std::to_string(info.net_height) + " " + std::to_string(info.net_width));
    PutLine(&text, "stride", std::to_string(info.stride));
    PutLine(&text, "batch", std::to_string(info.batch));
    PutLine(&text, "channels", std::to_string(info.channels));
    PutLine(&text, "dynamic", info.dynamic ? "true" : "false");
    PutLine(&text, "nms", info.nms ? "true" : "false");
    PutLine(&text, "parameters", std::to_string(info.parameters));
    PutLine(&text, "parameters_raw", std::to_string(info.parameters_raw));
    PutLine(&text, "gflops", std::to_string(info.gflops));
    PutLine(&text, "sppf_activation", info.sppf_activation);
    PutLine(&text, "kpt_shape",
            std::to_string(info.keypoints) + " " +
                std::to_string(info.keypoint_values));
    PutLine(&text, "description", info.description);
    PutLine(&text, "license", info.license);
    PutLine(&text, "version", info.version);
    PutLine(&text, "date", info.date);
    for (const auto& [id, name] : info.names) {
      PutLine(&text, "name", std::to_string(id) + " " + name);
    }
    for (const std::string& warning : info.warnings) {
      PutLine(&text, "warning", warning);
    }
    return 0;
  });
  return text;
}

std::int32_t exportModel(std::int64_t model, const std::string& settings) {
  return static_cast<std::int32_t>(-Call([&]() -> std::int64_t {
    const Settings given(settings);
    ExportOptions options;
    options.file = given.Text("file", "");
    options.batch = static_cast<int>(given.Int("batch", 1));
    options.dynamic = given.Flag("dynamic");
    options.nms = given.Flag("nms");
    options.conf = given.Float("conf", options.conf);
    options.iou = given.Float("iou", options.iou);
    options.max_det = static_cast<int>(given.Int("max_det", options.max_det));
    options.agnostic_nms = given.Flag("agnostic_nms");
    options.half = given.Flag("half");
    options.optimize = given.Flag("optimize");
    options.pipeline = given.Flag("pipeline");
    options.script = given.Text("script", "");
    options.layers = given.Text("layers", "");
    const auto [height, width] = given.Size("imgsz");
    options.net_height = height;
    options.net_width = width;
    last_text = ModelOf(model).Export(options);
    return 0;
  }));
}

std::int64_t addressOf(const std::uint8_t* buffer) {
  return static_cast<std::int64_t>(reinterpret_cast<std::intptr_t>(buffer));
}

std::int64_t predict(std::int64_t model, const std::int64_t* images,
                     std::int32_t count, std::int32_t netHeight,
                     std::int32_t netWidth, double conf, double iou,
                     std::int32_t maxDet, std::int32_t flags,
                     const std::int32_t* classes, std::int32_t classCount,
                     std::uint8_t* out, std::int64_t capacity) {
  return Call([&]() -> std::int64_t {
    const Clock::time_point start = Clock::now();
    std::vector<ImageView> views;
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
      views.push_back(ImageFrom(images + i * kNumbersPerImage));
    }
    PredictOptions options;
    options.conf = static_cast<float>(conf);
    options.iou = static_cast<float>(iou);
    options.max_det = maxDet;
    options.agnostic_nms = (flags & 1) != 0;
    options.retina_masks = (flags & 2) != 0;
    options.network_masks = (flags & 4) != 0;
    options.classes.assign(classes, classes + classCount);
    options.net_height = netHeight;
    options.net_width = netWidth;
    Model& opened = ModelOf(model);
    const Predictions result = opened.Predict(views, options);
    const std::int32_t values = ValuesPerRow(opened.info(), result);
    Packer packer;
    packer.Put(std::int64_t{0});
    packer.Put(static_cast<float>(result.preprocess_ms));
    packer.Put(static_cast<float>(result.inference_ms));
    packer.Put(static_cast<float>(result.postprocess_ms));
    packer.Put(static_cast<std::int32_t>(result.net_height));
    packer.Put(static_cast<std::int32_t>(result.net_width));
    packer.Put(count);
    packer.Put(TaskNumber(opened.info().task));
    packer.Put(values);
    for (const ImageResult& image : result.images) {
      PutImage(image, values, &packer);
    }
    std::vector<std::uint8_t>& bytes = packer.bytes();
    const auto size = static_cast<std::int64_t>(bytes.size());
    const std::int64_t nanoseconds =
        std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() -
                                                             start)
            .count();
    std::memcpy(bytes.data(), &nanoseconds, sizeof(nanoseconds));
    if (size <= capacity) {
      std::memcpy(out, bytes.data(), bytes.size());
    } else {
      const std::int64_t ticket = Waiting().Add(std::move(bytes));
      std::memcpy(out, &ticket, sizeof(ticket));
    }
    return size;
  });
}

std::int64_t takeResult(std::int64_t ticket, std::uint8_t* out,
                        std::int64_t capacity) {
  return Call([&]() -> std::int64_t {
    const std::vector<std::uint8_t> bytes = Waiting().Take(ticket);
    const auto size = static_cast<std::int64_t>(bytes.size());
    if (size > capacity) return 0;
    std::memcpy(out, bytes.data(), bytes.size());
    return size;
  });
}

std::int64_t waitingResults() { return Waiting().count(); }

std::int32_t networkInput(const std::int64_t* image, std::int32_t netHeight,
                          std::int32_t netWidth, bool classify,
                          std::uint8_t* out) {
  return static_cast<std::int32_t>(-Call([&]() -> std::int64_t {
    const ImageView view = ImageFrom(image);
    if (classify) {
      vision::ClassifyCropToRgb(view, netHeight, netWidth, out);
    } else {
      vision::LetterboxToRgb(
          view,
          vision::FitLetterbox(view.height, view.width, netHeight, netWidth),
          out);
    }
    return 0;
  }));
}

std::int32_t failForTest(std::int32_t kind) {
  return static_cast<std::int32_t>(-Call([&]() -> std::int64_t {
    switch (kind) {
      case 0:
        throw Error(Code::kInvalidArgument, "An Error, thrown for a test.");
      case 1:
        TORCH_CHECK(false, "a c10::Error, thrown for a test");
      case 2:
        throw std::runtime_error(
            "The following operation failed in the TorchScript "
            "interpreter.\nTraceback of TorchScript (most recent call "
            "last):\n  <no file>\nRuntimeError: thrown for a test\n");
      case 3:
        throw std::bad_alloc();
      case 4:
        throw std::logic_error("a std::exception, thrown for a test");
      case 5:
        throw 42;
      default:
        return 0;
    }
  }));
}

std::int64_t openModels() { return open_models.load(); }

}  // namespace bridge
}  // namespace yolotorch
