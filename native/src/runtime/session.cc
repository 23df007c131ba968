// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "runtime/session.h"

#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/jit/runtime/graph_executor.h>

#include <algorithm>
#include <new>
#include <optional>
#include <string_view>

#include "base/memory.h"
#include "base/preparation.h"
#include "graph/task_table.h"
#include "libtorch/errors.h"
#include "libtorch/run_limit.h"
#include "optimizer/parallel_images.h"
#include "runtime/run.h"
#include "yolotorch/error.h"

namespace yolotorch::runtime {
namespace {

using optimizer::OptimizeLevel;

// What a run of a limited session may hold.
constexpr std::int64_t kRunBytes = std::int64_t{1} << 30;
constexpr std::int64_t kRunBytesPerByte = 300;

libtorch::RunLimit* CurrentLimit() {
  Run* run = Run::Current();
  return run == nullptr ? nullptr : &run->limit();
}

// Without a run: on no worker.
template <typename Work>
std::invoke_result_t<Work> Apart(Work&& work) {
  Run* run = Run::Current();
  return run == nullptr ? work() : run->Apart(std::forward<Work>(work));
}

// Apart, too; tells what ended it, since LibTorch's interpreter forgets the
// type of what it was ended with.
template <typename Work>
std::invoke_result_t<Work> Limited(Work&& work) {
  return Apart([&] {
    try {
      return work();
    } catch (...) {
      if (const Run* run = Run::Current()) run->CheckEnded();
      throw;
    }
  });
}

// Contiguous and on the CPU; of this type, if one is given.
void Settle(std::vector<at::Tensor>* tensors,
            std::optional<c10::ScalarType> type) {
  *tensors = Limited([made = *tensors, type]() mutable {
    const libtorch::RunLimit::Scope scope(CurrentLimit());
    for (at::Tensor& tensor : made) {
      tensor = tensor.to(c10::kCPU, type.value_or(tensor.scalar_type()))
                   .contiguous();
    }
    return std::move(made);
  });
}

std::string SizeText(std::int64_t height, std::int64_t width) {
  return std::to_string(height) + " x " + std::to_string(width);
}

// "(1, 84, 8400) and (1, 32, 160, 160)".
std::string ShapesText(const std::vector<at::Tensor>& outputs) {
  if (outputs.empty()) return "no tensor";
  std::string text;
  for (const at::Tensor& output : outputs) {
    text += text.empty() ? "(" : " and (";
    for (std::int64_t i = 0; i < output.dim(); ++i) {
      text += (i == 0 ? "" : ", ") + std::to_string(output.size(i));
    }
    text += ")";
  }
  return text;
}

// Half precision is an order of magnitude slower than single precision on a
// CPU: stored weights are converted once.
torch::jit::Module Widened(const torch::jit::Module& module,
                           c10::Device device) {
  if (!device.is_cpu()) return module;
  const at::NoGradGuard no_grad;
  for (const at::Tensor& parameter : module.parameters()) {
    if (parameter.scalar_type() == at::kHalf) {
      parameter.set_data(parameter.to(at::kFloat));
    }
  }
  return module;
}

// Trims once for all runs of one batch, also when a run fails.
struct Trimming {
  optimizer::MemoryPool* pool;
  ~Trimming() { pool->Trim(); }
};

}  // namespace

Session::Session(const torch::jit::Module& module, metadata::Metadata metadata,
                 c10::Device device, std::string label, OptimizeLevel level,
                 bool bfloat16)
    : metadata_(std::move(metadata)),
      device_(device),
      label_(std::move(label)),
      module_(Widened(module, device)),
      level_(device.is_cpu() ? level : OptimizeLevel::kNone),
      bfloat16_(bfloat16) {}

at::MemoryFormat Session::input_format() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return level_ == OptimizeLevel::kNone ? at::MemoryFormat::Contiguous
                                        : at::MemoryFormat::ChannelsLast;
}

at::Tensor Session::NewInput(std::int64_t batch, std::int64_t height,
                             std::int64_t width) const {
  if (input_format() == at::MemoryFormat::ChannelsLast) {
    return pool_->Pixels(batch, metadata_.channels, height, width, at::kFloat);
  }
  return at::empty({batch, metadata_.channels, height, width}, at::kFloat);
}

std::vector<std::string> Session::notes() const {
  const std::lock_guard<std::mutex> lock(notes_mutex_);
  return notes_;
}

void Session::CheckSize(std::int64_t height, std::int64_t width) const {
  if (metadata_.dynamic) {
    if (height % metadata_.stride == 0 && width % metadata_.stride == 0) {
      return;
    }
    throw Error(Code::kInputSize,
                "'" + label_ + "' takes sizes that are multiples of " +
                    std::to_string(metadata_.stride) + ", but imgsz is " +
                    SizeText(height, width) + " (height x width).");
  }
  if (height == metadata_.imgsz[0] && width == metadata_.imgsz[1]) return;
  throw Error(Code::kInputSize,
              "'" + label_ + "' was exported for " +
                  SizeText(metadata_.imgsz[0], metadata_.imgsz[1]) +
                  " (height x width), but imgsz is " + SizeText(height, width) +
                  ": leave imgsz out, or export the model for that size.");
}

bool Session::IsExpected(const std::vector<at::Tensor>& outputs,
                         std::int64_t batch) const {
  for (const at::Tensor& output : outputs) {
    if (output.dim() < 2 || output.size(0) != batch) return false;
  }
  const auto are_prototypes = [](const at::Tensor& output) {
    return output.dim() == 4 && output.numel() > 0;
  };
  if (metadata_.task == Task::kClassify) {
    return outputs.size() == 1 && outputs[0].dim() == 2 &&
           outputs[0].size(1) >= 1;
  }
  // Final rows: box, score, class, then the task's extra values.
  if (metadata_.final_rows()) {
    const bool segment = metadata_.task == Task::kSegment;
    if (outputs.size() != (segment ? 2U : 1U) || outputs[0].dim() != 3 ||
        (segment && !are_prototypes(outputs[1]))) {
      return false;
    }
    return outputs[0].size(2) == 6 + (segment ? outputs[1].size(1) : Extras());
  }
  // Box and at least one class, then the task's extra values per anchor.
  std::int64_t values = 5 + Extras();
  if (metadata_.task == Task::kSegment) {
    if (outputs.size() != 2 || !are_prototypes(outputs[1])) return false;
    values += outputs[1].size(1);
  } else if (outputs.size() != 1) {
    return false;
  }
  if (outputs[0].dim() != 3 || outputs[0].size(1) < values) return false;
  // The numbers of classes and names must be equal.
  const auto named = static_cast<std::int64_t>(metadata_.names.size());
  return named == 0 || outputs[0].size(1) == values - 1 + named;
}

std::string Session::ExpectedText(std::int64_t batch) const {
  const std::string start = "(" + std::to_string(batch) + ", ";
  const bool segment = metadata_.task == Task::kSegment;
  if (metadata_.task == Task::kClassify) return start + "classes)";
  const std::string more = segment ? " + masks" : "";
  const std::string planes =
      segment ? " and " + start + "masks, height, width)" : "";
  if (metadata_.final_rows()) {
    return start + "detections, " + std::to_string(6 + Extras()) + more + ")" +
           planes;
  }
  const auto named = static_cast<std::int64_t>(metadata_.names.size());
  const std::string values = named == 0
                                 ? std::to_string(5 + Extras()) + " or more"
                                 : std::to_string(4 + named + Extras());
  return start + values + more + ", anchors)" + planes;
}

std::int64_t Session::Extras() const {
  return graph::ExtraValues(metadata_.task, metadata_.kpt_shape);
}

void Session::SetLimit(const at::Tensor& input) const {
  libtorch::RunLimit* limit = CurrentLimit();
  if (!limits_memory_ || limit == nullptr) return;
  // A pipeline scales its picture to its own size.
  const std::int64_t own = std::int64_t{4} * metadata_.channels *
                           metadata_.imgsz[0] * metadata_.imgsz[1];
  const auto given = static_cast<std::int64_t>(input.nbytes());
  limit->SetBytes(kRunBytes + kRunBytesPerByte * std::max(given, own));
}

c10::IValue Session::RunProgram(std::vector<c10::IValue> inputs) {
  const libtorch::RunLimit::Scope scope(CurrentLimit());
  return program_->Run(std::move(inputs));
}

c10::IValue Session::RunModule(std::vector<c10::IValue> inputs) {
  const libtorch::RunLimit::Scope scope(CurrentLimit());
  try {
    return module_.forward(std::move(inputs));
  } catch (const std::exception& error) {
    const std::string_view text = error.what();
    const bool mismatch =
        text.find("must match the size of tensor") != std::string_view::npos;
    if (metadata_.dynamic || !mismatch) throw;
    throw Error(Code::kInferenceFailed,
                "'" + label_ + "' must run on " +
                    SizeText(metadata_.imgsz[0], metadata_.imgsz[1]) +
                    " pixels (height x width), as its metadata says, but "
                    "fails: correct its imgsz, or export the model again.");
  }
}

void Session::LowerLevel(OptimizeLevel level, const std::string& reason) {
  {
    const std::lock_guard<std::mutex> lock(notes_mutex_);
    notes_.push_back("Level " + std::to_string(static_cast<int>(level_)) +
                     " does not work here (" + libtorch::CauseIn(reason) +
                     "); took level " +
                     std::to_string(static_cast<int>(level)) + ".");
  }
  level_ = level;
  program_.reset();
}

void Session::Compile() {
  if (level_ < OptimizeLevel::kPacked || program_ != nullptr) return;
  const base::Preparation preparation;
  while (level_ >= OptimizeLevel::kPacked && program_ == nullptr) {
    try {
      program_ = std::make_unique<optimizer::Program>(module_, level_,
                                                      bfloat16_, pool_);
    } catch (const std::exception& error) {
      LowerLevel(static_cast<OptimizeLevel>(static_cast<int>(level_) - 1),
                 error.what());
    }
  }
  if (program_ == nullptr) return;
  const std::lock_guard<std::mutex> lock(notes_mutex_);
  notes_.push_back(program_->report().Text());
}

c10::IValue Session::RunOptimized(std::vector<c10::IValue> inputs) {
  if (!proven_) Compile();
  if (program_ == nullptr && (proven_ || level_ == OptimizeLevel::kNone)) {
    return RunModule(std::move(inputs));
  }
  if (proven_) return RunProgram(std::move(inputs));
  try {
    c10::IValue output =
        program_ != nullptr ? RunProgram(inputs) : RunModule(inputs);
    proven_ = true;
    const base::Preparation preparation;
    if (program_ != nullptr && level_ == OptimizeLevel::kKernels &&
        program_->ReleaseWeights()) {
      module_ = torch::jit::Module();
    }
    base::ReleaseStartUpMemory();
    return output;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    const runtime::Run* run = runtime::Run::Current();
    if (run != nullptr && run->is_ended()) throw;
    // LibTorch alone may run it, or fail with its own message.
    inputs[0] = inputs[0].toTensor().contiguous();
    c10::IValue output = RunModule(std::move(inputs));
    LowerLevel(OptimizeLevel::kNone, error.what());
    return output;
  }
}

std::vector<at::Tensor> Session::Outputs(const at::Tensor& input,
                                         const PredictOptions& options) {
  std::vector<c10::IValue> inputs = {input.to(device_)};
  if (metadata_.own_nms) {
    inputs.insert(
        inputs.end(),
        {static_cast<double>(options.conf), static_cast<double>(options.iou),
         static_cast<std::int64_t>(options.max_det), options.agnostic_nms});
  }
  const c10::IValue output =
      Limited([this, &inputs] { return RunOptimized(std::move(inputs)); });
  std::vector<at::Tensor> outputs;
  if (output.isTensor()) {
    outputs.push_back(output.toTensor());
  } else if (output.isTuple()) {
    for (const c10::IValue& element : output.toTupleRef().elements()) {
      if (element.isTensor()) outputs.push_back(element.toTensor());
    }
  }
  return outputs;
}

std::vector<at::Tensor> Session::Forward(const at::Tensor& input,
                                         const PredictOptions& options) {
  std::vector<at::Tensor> outputs = Outputs(input, options);
  if (!IsExpected(outputs, input.size(0))) {
    throw Error(Code::kUnsupportedModel,
                "'" + label_ + "' must give " + ExpectedText(input.size(0)) +
                    ", as its metadata says, but gives " + ShapesText(outputs) +
                    ": export it again, or correct its metadata.");
  }
  Settle(&outputs, at::kFloat);
  return outputs;
}

std::int64_t Session::PicturesAtOnce(std::int64_t batch) const {
  // Another program's suppression is unrolled for one batch size: with fewer
  // pictures it fails, and for more it silently returns nothing.
  if (metadata_.foreign_nms()) return metadata_.batch;
  // The output of a layer for one picture is still in the cache when the next
  // layer reads it; for several pictures it is not.
  const bool takes_one = metadata_.dynamic || metadata_.batch == 1;
  return level_ == OptimizeLevel::kKernels && takes_one ? 1 : batch;
}

int Session::ImagesInParallel(std::int64_t pictures) const {
  if (!proven_ || program_ == nullptr || level_ != OptimizeLevel::kKernels ||
      !program_->runs_side_by_side()) {
    return 1;
  }
  const int threads =
      std::min(at::get_num_threads(), optimizer::kMaxParallelImages);
  if (pictures >= threads) return threads;
  // A layer never keeps all threads busy, so a few may stay idle.
  return 4 * pictures >= 3 * threads ? static_cast<int>(pictures) : 1;
}

std::vector<at::Tensor> Session::Run(const at::Tensor& input,
                                     const PredictOptions& options,
                                     const Stop* stop) {
  CheckSize(input.size(2), input.size(3));
  const std::lock_guard<std::mutex> lock(mutex_);
  const c10::InferenceMode inference;
  // The plain interpreter: the profiling executor would spend the first runs
  // of every shape on measuring and recompiling.
  const torch::jit::GraphOptimizerEnabledGuard no_profiling(false);
  const Trimming trimming{pool_.get()};
  SetLimit(input);
  const std::int64_t batch = input.size(0);
  const std::int64_t step = PicturesAtOnce(batch);
  if (step == batch) {
    CheckStop(stop);
    return Forward(input, options);
  }
  std::mutex joining;
  std::vector<at::Tensor> joined;
  const auto run = [&](std::int64_t begin) {
    CheckStop(stop);
    at::Tensor part = input.slice(0, begin, begin + step);
    const std::int64_t given = part.size(0);
    if (given < step) {
      part = at::constant_pad_nd(part, {0, 0, 0, 0, 0, 0, 0, step - given});
    }
    const std::vector<at::Tensor> outputs = Forward(part, options);
    {
      const std::lock_guard<std::mutex> joining_lock(joining);
      for (std::size_t i = joined.size(); i < outputs.size(); ++i) {
        std::vector<std::int64_t> sizes = outputs[i].sizes().vec();
        sizes[0] = batch;
        joined.push_back(pool_->Contiguous(sizes, outputs[i].scalar_type()));
      }
    }
    // All runs return the same number of outputs, so that none is added any
    // more.
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      joined[i]
          .slice(0, begin, begin + given)
          .copy_(outputs[i].slice(0, 0, given));
    }
  };
  for (std::int64_t begin = 0; begin < batch;) {
    const int slots = step == 1 ? ImagesInParallel(batch - begin) : 1;
    if (slots > 1) {
      const std::int64_t side_by_side = (batch - begin) / slots * slots;
      runtime::Run* const worker = runtime::Run::Current();
      const auto item = [&](std::int64_t i) {
        const runtime::Run::Scope scope(worker);
        if (worker == nullptr) return run(begin + i);
        worker->Within([&] { run(begin + i); });
      };
      Apart([&] { optimizer::ParallelOverImages(slots, side_by_side, item); });
      begin += side_by_side;
    } else {
      run(begin);
      begin += step;
    }
  }
  return joined;
}

std::vector<at::Tensor> Session::RunUnchecked(const at::Tensor& input,
                                              const PredictOptions& options) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const c10::InferenceMode inference;
  const torch::jit::GraphOptimizerEnabledGuard no_profiling(false);
  const Trimming trimming{pool_.get()};
  SetLimit(input);
  std::vector<at::Tensor> outputs = Outputs(input, options);
  Settle(&outputs, std::nullopt);
  return outputs;
}

}  // namespace yolotorch::runtime
