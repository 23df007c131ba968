// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "bridge/bridge.h"

#include <c10/util/Exception.h>

#include <atomic>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "api/eval.h"
#include "api/guard.h"
#include "base/confine.h"
#include "base/memory.h"
#include "bridge/call.h"
#include "bridge/packing.h"
#include "bridge/settings.h"
#include "bridge/waiting_warnings.h"
#include "runtime/stop.h"
#include "runtime/threads.h"
#include "vision/classify.h"
#include "vision/letterbox.h"
#include "yolotorch/inspect.h"
#include "yolotorch/model.h"

namespace yolotorch {
namespace bridge {
namespace {

std::atomic<std::int64_t> open_models{0};

// A number in memory of Java.
using StopNumber = std::atomic<std::int32_t>;
static_assert(sizeof(StopNumber) == sizeof(std::int32_t));

StopNumber* StopAt(std::int64_t address) {
  return reinterpret_cast<StopNumber*>(static_cast<std::intptr_t>(address));
}

class CallersStop final : public runtime::Stop {
 public:
  explicit CallersStop(std::int64_t address) : number_(StopAt(address)) {}

  [[nodiscard]] bool IsAsked() const override {
    return number_ != nullptr && number_->load() != 0;
  }

 private:
  const StopNumber* number_;
};

Model& ModelOf(std::int64_t handle) {
  return *reinterpret_cast<Model*>(static_cast<std::intptr_t>(handle));
}

// Results that were too large for the caller's buffer, until they are fetched.
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
  // Not destroyed: at exit, work may still be under way.
  static auto* waiting = new WaitingResults;
  return *waiting;
}

std::vector<ImageView> ImagesFrom(const std::int64_t* images,
                                  std::int32_t count) {
  std::vector<ImageView> views;
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    views.push_back(ImageFrom(images + i * kImageNumbers));
  }
  return views;
}

PredictOptions OptionsFrom(std::int32_t net_height, std::int32_t net_width,
                           std::int32_t flags) {
  PredictOptions options;
  options.net_height = net_height;
  options.net_width = net_width;
  options.agnostic_nms = (flags & kFlagAgnosticNms) != 0;
  options.retina_masks = (flags & kFlagRetinaMasks) != 0;
  options.rect = (flags & kFlagRect) != 0;
  return options;
}

// Writes the bytes, or, where they do not fit, a ticket for them.
std::int64_t Deliver(std::vector<std::uint8_t> bytes, std::uint8_t* out,
                     std::int64_t capacity) {
  const auto size = static_cast<std::int64_t>(bytes.size());
  if (size <= capacity) {
    std::memcpy(out, bytes.data(), bytes.size());
  } else {
    const std::int64_t ticket = Waiting().Add(std::move(bytes));
    std::memcpy(out, &ticket, sizeof(ticket));
  }
  return size;
}

}  // namespace

std::string& LastText() {
  thread_local std::string text;
  return text;
}

void Remember(const char* text) noexcept {
  try {
    LastText() = text;
  } catch (...) {
    LastText().clear();
  }
}

std::int64_t Adopt(Model&& model) {
  auto owned = std::make_unique<Model>(std::move(model));
  ++open_models;
  return static_cast<std::int64_t>(
      reinterpret_cast<std::intptr_t>(owned.release()));
}

ImageView ImageFrom(const std::int64_t* image) {
  return {reinterpret_cast<const std::uint8_t*>(
              static_cast<std::intptr_t>(image[0])),
          static_cast<int>(image[1]),
          static_cast<int>(image[2]),
          image[3],
          static_cast<PixelFormat>(image[4]),
          static_cast<int>(image[5])};
}

std::string lastText() { return LastText(); }

void keepWarnings() { WaitingWarnings::Get().Collect(); }

std::string takeWarning() { return WaitingWarnings::Get().Take(); }

std::string buildInfo() { return BuildInfo(); }

std::int64_t openFile(const std::string& path, const std::string& settings) {
  return Call(
      [&] { return Adopt(Model::Load(path, LoadOptionsFrom(settings))); });
}

std::int64_t openBytes(const std::uint8_t* data, std::int64_t size,
                       const std::string& name, const std::string& settings) {
  return Call([&] {
    std::vector<std::uint8_t> bytes(data, data + size);
    return Adopt(
        Model::LoadBytes(std::move(bytes), name, LoadOptionsFrom(settings)));
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
    text = DescribeModel(ModelOf(model).info());
    return 0;
  });
  return text;
}

std::string optimizations(std::int64_t model) {
  std::string text;
  Call([&]() -> std::int64_t {
    text = DescribeOptimizations(ModelOf(model).optimizations());
    return 0;
  });
  return text;
}

std::int32_t inspectFile(const std::string& path, const std::string& settings) {
  return static_cast<std::int32_t>(-Call([&]() -> std::int64_t {
    LastText() = DescribeFile(Inspect(path, LoadOptionsFrom(settings)));
    return 0;
  }));
}

std::int32_t verifyFile(const std::string& path, const std::string& settings) {
  return static_cast<std::int32_t>(-Call([&]() -> std::int64_t {
    Verify(path, LoadOptionsFrom(settings));
    return 0;
  }));
}

std::int32_t exportModel(std::int64_t model, const std::string& settings) {
  return static_cast<std::int32_t>(-Call([&]() -> std::int64_t {
    LastText() = ModelOf(model).Export(ExportOptionsFrom(settings));
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
                     std::int32_t valSide, const std::int32_t* classes,
                     std::int32_t classCount, std::int64_t stop,
                     std::uint8_t* out, std::int64_t capacity) {
  return Call([&]() -> std::int64_t {
    const CallersStop callers(stop);
    const std::vector<ImageView> views = ImagesFrom(images, count);
    PredictOptions options = OptionsFrom(netHeight, netWidth, flags);
    options.conf = static_cast<float>(conf);
    options.iou = static_cast<float>(iou);
    options.max_det = maxDet;
    EvalOptions eval;
    if ((flags & kFlagNetworkMasks) != 0)
      eval.mask_frame = MaskFrame::kNetworkInput;
    if ((flags & kFlagPrototypeMasks) != 0)
      eval.mask_frame = MaskFrame::kPrototypes;
    eval.multi_label = (flags & kFlagMultiLabel) != 0;
    eval.val_letterbox = (flags & kFlagValLetterbox) != 0;
    eval.val_side = valSide;
    eval.stop = &callers;
    options.classes.assign(classes, classes + classCount);
    Model& opened = ModelOf(model);
    const Predictions result = Evaluator::Predict(opened, views, options, eval);
    return Deliver(Pack(opened.info(), result), out, capacity);
  });
}

std::int64_t predictRaw(std::int64_t model, const std::int64_t* images,
                        std::int32_t count, std::int32_t netHeight,
                        std::int32_t netWidth, double conf, double iou,
                        std::int32_t maxDet, std::int32_t flags,
                        std::uint8_t* out, std::int64_t capacity) {
  return Call([&]() -> std::int64_t {
    PredictOptions options = OptionsFrom(netHeight, netWidth, flags);
    options.conf = static_cast<float>(conf);
    options.iou = static_cast<float>(iou);
    options.max_det = maxDet;
    return Deliver(
        PackRaw(ModelOf(model).PredictRaw(ImagesFrom(images, count), options)),
        out, capacity);
  });
}

std::int64_t predictTensor(std::int64_t model, const float* values,
                           std::int64_t count, const std::int64_t* shape,
                           std::int32_t dimensions, std::uint8_t* out,
                           std::int64_t capacity) {
  return Call([&]() -> std::int64_t {
    const RawTensor input{{shape, shape + dimensions},
                          {values, values + count}};
    return Deliver(PackRaw(ModelOf(model).PredictRaw(input)), out, capacity);
  });
}

std::int64_t embed(std::int64_t model, const std::int64_t* images,
                   std::int32_t count, std::int32_t netHeight,
                   std::int32_t netWidth, std::int32_t flags,
                   const std::int32_t* layers, std::int32_t layerCount,
                   std::uint8_t* out, std::int64_t capacity) {
  return Call([&]() -> std::int64_t {
    const RawTensor features = ModelOf(model).Embed(
        ImagesFrom(images, count), {layers, layers + layerCount},
        OptionsFrom(netHeight, netWidth, flags));
    return Deliver(PackRaw({features}), out, capacity);
  });
}

void askToStop(std::int64_t stop) {
  StopAt(stop)->store(1);
  runtime::WakeStopped();
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
      case 6:
        TORCH_WARN("a warning, made for a test");
        return 0;
      default:
        return 0;
    }
  }));
}

bool isHealthy() { return IsHealthy(); }

bool confine(const std::string& readable) {
  std::istringstream lines(readable);
  std::vector<std::string> paths;
  for (std::string line; std::getline(lines, line);) paths.push_back(line);
  const base::Confinement done = base::Confine(paths);
  return done.reading && done.the_rest;
}

void closeForExit() {
  try {
    runtime::CloseForExit();
  } catch (...) {
    // The process ends anyway.
  }
}

std::int64_t openModels() { return open_models.load(); }

std::int64_t bytesInUse() { return base::BytesInUse(); }

}  // namespace bridge
}  // namespace yolotorch
