// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "yolotorch/model.h"

#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <functional>

#include "api/checks.h"
#include "api/describe.h"
#include "api/eval.h"
#include "api/exporting.h"
#include "api/guard.h"
#include "api/model_file.h"
#include "api/network_source.h"
#include "api/prediction.h"
#include "api/raw.h"
#include "api/traced_network.h"
#include "archive/archive.h"
#include "base/cpus.h"
#include "base/os.h"
#include "base/preparation.h"
#include "formats/checkpoint.h"
#include "runtime/device.h"
#include "runtime/session.h"
#include "runtime/threads.h"
#include "vision/letterbox.h"

namespace yolotorch {
namespace {

// Maximum batch size for warming up: a file may declare any number.
constexpr int kMaxWarmUp = 32;

// ISO 8601 with microseconds, local time without a zone, as Python's
// datetime.now().isoformat() writes it.
std::string Now() {
  const auto now = std::chrono::system_clock::now();
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(
                          now.time_since_epoch())
                          .count() %
                      1'000'000;
  const std::tm local = base::LocalTime(seconds);
  std::array<char, 32> date{};
  std::strftime(date.data(), date.size(), "%Y-%m-%dT%H:%M:%S", &local);
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%s.%06lld", date.data(),
                static_cast<long long>(micros));
  return text.data();
}

// What an optimize_level asks for.
std::string LevelText(optimizer::OptimizeLevel level, c10::Device device) {
  if (!device.is_cpu()) return "On " + device.str() + " LibTorch runs alone.";
  static constexpr std::array<const char*, api::kMaxLevel + 1> kTexts = {
      "LibTorch alone", "pictures pixel by pixel",
      "as 1, and convolutions on packed weights",
      "as 2, and layers by own kernels"};
  const auto number = static_cast<std::size_t>(level);
  return "Level " + std::to_string(number) +
         " was asked for: " + kTexts.at(number) + ".";
}

std::int64_t CountParameters(const torch::jit::Module& module) {
  std::int64_t count = 0;
  for (const at::Tensor& parameter : module.parameters()) {
    count += parameter.numel();
  }
  return count;
}

}  // namespace

class Model::Impl {
 public:
  /// `path` stands for the model in messages and names what it exports.
  Impl(const std::string& path, const LoadOptions& options)
      : path_(path),
        name_(std::filesystem::path(path).filename().string()),
        device_(runtime::ParseDevice(options.device)),
        threads_(options.threads),
        level_(static_cast<optimizer::OptimizeLevel>(options.optimize_level)),
        bfloat16_(options.precision == "bf16") {
    api::CheckLoadOptions(options, device_);
    if (threads_ == 0) threads_ = base::AvailableCpus();
  }

  // To be called once, before anything else.
  void Open(api::ModelFile file, const LoadOptions& options) {
    api::CheckPin(file, options.sha256);
    runtime::CheckHealthy();
    runtime::RunOnDeepStack([&] { OpenHere(std::move(file), options); });
    if (options.warmup) WarmUp();
  }

  // As Open(), for a network that is there already.
  void OpenSource(api::NetworkSource source, const LoadOptions& options) {
    Adopt(std::move(source), "checkpoint", options);
  }

  [[nodiscard]] const ModelInfo& info() const { return info_; }

  [[nodiscard]] std::vector<std::string> Optimizations() {
    std::vector<std::string> all = {LevelText(level_, device_)};
    if (const auto session = ReadySession()) {
      for (std::string& note : session->notes()) all.push_back(std::move(note));
    }
    return all;
  }

  Predictions Predict(const std::vector<ImageView>& images,
                      const PredictOptions& options, const EvalOptions& eval) {
    api::CheckEvalOptions(eval);
    api::CheckIsWhole(metadata(), name_);
    const std::array<std::int64_t, 2> size = InputSize(images, options, eval);
    double tracing_ms = 0;
    const std::shared_ptr<runtime::Session> session = GetSession(&tracing_ms);
    session->CheckSize(size[0], size[1]);
    Predictions result;
    runtime::RunOnWorker(
        threads_,
        [&, session] {
          result =
              metadata().pipeline
                  ? api::PredictByPipeline(session.get(), images, options, eval)
                  : api::PredictImages(session.get(), size, images, options,
                                       eval, threads_);
        },
        eval.stop, timeout_ms_);
    result.preparation_ms += tracing_ms;
    return result;
  }

  std::vector<RawTensor> PredictRaw(const std::vector<ImageView>& images,
                                    const PredictOptions& options) {
    api::CheckGivesRaw(metadata(), name_);
    api::CheckTakesPictures(metadata(), name_);
    const std::array<std::int64_t, 2> size = InputSize(images, options, {});
    return RunRaw(size, options, [&](runtime::Session* session) {
      return api::MakeInput(*session, size, images, {}).input;
    });
  }

  std::vector<RawTensor> PredictRaw(const RawTensor& input) {
    api::CheckGivesRaw(metadata(), name_);
    api::CheckTensor(input, metadata(), name_);
    const std::array<std::int64_t, 2> size =
        metadata().is_part()
            ? metadata().imgsz
            : std::array<std::int64_t, 2>{input.shape[2], input.shape[3]};
    return RunRaw(size, {}, [&](runtime::Session* /*session*/) {
      return api::TensorOf(input);
    });
  }

  RawTensor Embed(const std::vector<ImageView>& images,
                  const std::vector<int>& layers,
                  const PredictOptions& options) {
    const std::vector<int> wanted =
        api::LayersToEmbed(network(), layers, name_);
    const std::array<std::int64_t, 2> size = InputSize(images, options, {});
    std::vector<std::shared_ptr<runtime::Session>> sessions;
    runtime::RunOnDeepStack([&] {
      for (const int layer : wanted) sessions.push_back(traced_->UpTo(layer));
    });
    RawTensor result;
    runtime::RunOnWorker(threads_, [&, sessions] {
      const c10::InferenceMode inference;
      const at::Tensor input =
          api::MakeInput(*sessions[0], size, images, {}).input;
      std::vector<at::Tensor> means;
      for (const auto& session : sessions) {
        const at::Tensor maps = session->RunUnchecked(input, options).at(0);
        means.push_back(maps.to(at::kFloat).mean({2, 3}));
      }
      result = api::RawTensorsOf({at::cat(means, 1)})[0];
    });
    return result;
  }

  std::string Export(const ExportOptions& options) {
    std::string path;
    runtime::RunOnDeepStack([&] { path = ExportHere(options); });
    return path;
  }

 private:
  // Predicts grey pictures as large and as many as the file declares.
  void WarmUp() {
    if (metadata().is_part()) return;  // its input may be features of any size
    std::array<std::uint8_t, YOLOTORCH_MAX_CHANNELS> pixel{};
    pixel.fill(114);
    const ImageView grey{pixel.data(),       1, 1, 0, PixelFormat::kChannels,
                         metadata().channels};
    const auto count =
        static_cast<std::size_t>(std::min(info_.batch, kMaxWarmUp));
    Predict(std::vector<ImageView>(count, grey), {}, {});
  }

  // Height and width of the input for these pictures, which it checks.
  [[nodiscard]] std::array<std::int64_t, 2> InputSize(
      const std::vector<ImageView>& images, const PredictOptions& options,
      const EvalOptions& eval) const {
    api::CheckPredictOptions(options);
    api::CheckImages(images, metadata().channels);
    const std::array<std::int64_t, 2> size =
        api::NetSize(options.net_height, options.net_width, metadata());
    if (!api::PadsToRectangle(images, options, eval, info_)) return size;
    const auto [height, width] = vision::SmallestInput(
        images[0].height, images[0].width, static_cast<int>(size[0]),
        static_cast<int>(size[1]), metadata().stride);
    return {height, width};
  }

  // What the network gives for the input that `make` makes on the worker.
  std::vector<RawTensor> RunRaw(
      const std::array<std::int64_t, 2>& size, const PredictOptions& options,
      const std::function<at::Tensor(runtime::Session*)>& make) {
    double unused = 0;
    const std::shared_ptr<runtime::Session> session = GetSession(&unused);
    const bool part = metadata().is_part();
    if (!part) session->CheckSize(size[0], size[1]);
    std::vector<RawTensor> result;
    runtime::RunOnWorker(
        threads_,
        [&, session] {
          const c10::InferenceMode inference;
          const at::Tensor input = make(session.get());
          result =
              api::RawTensorsOf(part ? session->RunUnchecked(input, options)
                                     : session->Run(input, options));
        },
        nullptr, timeout_ms_);
    return result;
  }

  std::string ExportHere(const ExportOptions& options) {
    if (traced_ == nullptr) {
      throw Error(Code::kUnsupportedModel,
                  "'" + path_ +
                      "' is a TorchScript archive already; export from a "
                      "checkpoint (.pt) or an architecture (.yaml).");
    }
    runtime::ParseDevice(options.device);
    std::filesystem::path target = options.file;
    if (target.empty()) {
      // The archive of an architecture goes into the working folder.
      target = info_.kind == "architecture"
                   ? std::filesystem::path(path_).filename()
                   : std::filesystem::path(path_);
      target.replace_extension(".torchscript");
    }
    metadata::Metadata metadata = this->metadata();
    metadata.imgsz =
        api::NetSize(options.net_height, options.net_width, metadata);
    metadata.date = Now();
    metadata.names = info_.names;
    traced_->Alone([&](graph::Network& network) {
      api::ExportArchive(network, metadata, options, target.string());
    });
    return target.string();
  }

  void OpenHere(api::ModelFile file, const LoadOptions& options) {
    switch (file.kind) {
      case api::ModelFileKind::kArchitecture:
        return Adopt(api::FromArchitecture(name_, options.seed), "architecture",
                     options);
      case api::ModelFileKind::kYaml:
        return Adopt(api::FromYaml({file.bytes.begin(), file.bytes.end()},
                                   name_, options.seed),
                     "architecture", options);
      case api::ModelFileKind::kCheckpoint:
        return Adopt(api::FromCheckpoint(
                         formats::Checkpoint(std::move(file.bytes), name_)),
                     "checkpoint", options);
      case api::ModelFileKind::kArchive:
        return OpenArchive(file.bytes, options);
      case api::ModelFileKind::kOther:
        api::FailNoModel(file);
    }
  }

  void OpenArchive(const std::vector<std::uint8_t>& bytes,
                   const LoadOptions& options) {
    const formats::ZipArchive zip(bytes, name_);
    const metadata::Metadata metadata = archive::ReadMetadata(
        gate::CheckArchive(zip, name_, options.trusted), zip, name_, options);
    archive::Archive archive =
        archive::LoadArchive(bytes, metadata, name_, device_);
    info_ = api::Describe(metadata, "torchscript");
    info_.parameters = CountParameters(archive.module);
    info_.baked_nms = archive.baked_nms;
    archive_ = std::make_shared<runtime::Session>(
        archive.module, metadata, device_, name_, level_, bfloat16_);
    archive_->LimitMemory();
    timeout_ms_ = options.timeout_ms;
  }

  void Adopt(api::NetworkSource source, const std::string& kind,
             const LoadOptions& options) {
    info_ = api::DescribeSource(source, kind, options.task);
    const std::string fault = archive::WhyNotRunnable(source.metadata, name_);
    if (!fault.empty()) throw Error(Code::kUnsupportedModel, fault);
    traced_ = std::make_unique<api::TracedNetwork>(
        std::move(source), api::SessionPlan{device_, name_, level_, bfloat16_});
  }

  [[nodiscard]] const metadata::Metadata& metadata() const {
    return traced_ == nullptr ? archive_->metadata()
                              : traced_->source().metadata;
  }

  // Null for an archive.
  [[nodiscard]] const graph::Network* network() const {
    return traced_ == nullptr ? nullptr : traced_->source().network.get();
  }

  // Adds the milliseconds of a trace that this takes.
  std::shared_ptr<runtime::Session> GetSession(double* tracing_ms) {
    std::shared_ptr<runtime::Session> session = ReadySession();
    if (session == nullptr) {
      // Not on the worker, which would delay other models.
      runtime::RunOnDeepStack([&] {
        const double before = base::Preparation::Milliseconds();
        session = traced_->Whole();
        *tracing_ms += base::Preparation::Milliseconds() - before;
      });
    }
    return session;
  }

  // Null for a checkpoint that has not been traced yet.
  [[nodiscard]] std::shared_ptr<runtime::Session> ReadySession() const {
    return traced_ == nullptr ? archive_ : traced_->Ready();
  }

  std::string path_;
  std::string name_;  // of the file, without folders
  c10::Device device_;
  int threads_;
  optimizer::OptimizeLevel level_;
  bool bfloat16_;
  std::int64_t timeout_ms_ = 0;  // of a run; 0: none
  ModelInfo info_;
  // One of them, once the model is open.
  std::shared_ptr<runtime::Session> archive_;
  std::unique_ptr<api::TracedNetwork> traced_;
};

Model::Model(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

Model Model::FromHandle(std::int64_t handle) {
  return *reinterpret_cast<const Model*>(static_cast<std::intptr_t>(handle));
}

Model Model::Load(const std::string& path, const LoadOptions& options) {
  return api::Guarded([&] {
    auto impl = std::make_shared<Impl>(path, options);
    impl->Open(api::ReadModelFile(path), options);
    return Model(std::move(impl));
  });
}

Model Model::LoadBytes(std::vector<std::uint8_t> bytes, const std::string& name,
                       const LoadOptions& options) {
  return api::Guarded([&] {
    auto impl = std::make_shared<Impl>(name, options);
    impl->Open(
        api::ClassifyBytes(std::move(bytes),
                           std::filesystem::path(name).filename().string()),
        options);
    return Model(std::move(impl));
  });
}

const ModelInfo& Model::info() const& { return impl_->info(); }

ModelInfo Model::info() && { return impl_->info(); }

std::vector<std::string> Model::optimizations() const {
  return impl_->Optimizations();
}

ImageResult Model::Predict(const ImageView& image,
                           const PredictOptions& options) {
  Predictions found = Predict(std::vector<ImageView>{image}, options);
  return std::move(found.images()[0]);
}

std::vector<RawTensor> Model::PredictRaw(const std::vector<ImageView>& images,
                                         const PredictOptions& options) {
  return api::Guarded([&] { return impl_->PredictRaw(images, options); });
}

std::vector<RawTensor> Model::PredictRaw(const RawTensor& input) {
  return api::Guarded([&] { return impl_->PredictRaw(input); });
}

RawTensor Model::Embed(const std::vector<ImageView>& images,
                       const std::vector<int>& layers,
                       const PredictOptions& options) {
  return api::Guarded([&] { return impl_->Embed(images, layers, options); });
}

Predictions Model::Predict(const std::vector<ImageView>& images,
                           const PredictOptions& options) {
  return api::Guarded([&] { return impl_->Predict(images, options, {}); });
}

Model Evaluator::Open(api::NetworkSource source, const std::string& name,
                      const LoadOptions& options) {
  return api::Guarded([&] {
    auto impl = std::make_shared<Model::Impl>(name, options);
    impl->OpenSource(std::move(source), options);
    return Model(std::move(impl));
  });
}

Predictions Evaluator::Predict(Model& model,
                               const std::vector<ImageView>& images,
                               const PredictOptions& options,
                               const EvalOptions& eval) {
  return api::Guarded(
      [&] { return model.impl_->Predict(images, options, eval); });
}

bool IsHealthy() { return runtime::IsHealthy(); }

std::string Model::Export(const ExportOptions& options) {
  return api::Guarded([&] { return impl_->Export(options); });
}

}  // namespace yolotorch
