// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/prediction.h"

#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>

#include "api/decoder.h"
#include "api/network_input.h"
#include "api/pipeline.h"
#include "base/preparation.h"
#include "optimizer/parallel_images.h"
#include "runtime/stop.h"

namespace yolotorch::api {
namespace {

using Clock = std::chrono::steady_clock;

double MillisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start)
      .count();
}

}  // namespace

PicturesInput MakeInput(const runtime::Session& session,
                        const std::array<std::int64_t, 2>& size,
                        const std::vector<ImageView>& images,
                        const EvalOptions& eval) {
  const auto height = static_cast<int>(size[0]);
  const auto width = static_cast<int>(size[1]);
  PicturesInput made;
  for (const ImageView& image : images) {
    made.boxes.push_back(
        eval.val_letterbox
            ? vision::FitValLetterbox(image.height, image.width, height, width,
                                      eval.val_side)
            : vision::FitLetterbox(image.height, image.width, height, width));
  }
  made.input = session.NewInput(static_cast<std::int64_t>(images.size()),
                                size[0], size[1]);
  WriteInput(images, made.boxes, session.metadata().task == Task::kClassify,
             made.input);
  return made;
}

Predictions PredictImages(runtime::Session* session,
                          const std::array<std::int64_t, 2>& size,
                          const std::vector<ImageView>& images,
                          const PredictOptions& options,
                          const EvalOptions& eval, int threads) {
  runtime::CheckStop(eval.stop);
  const c10::InferenceMode inference;
  Predictions result;
  result.net_height = static_cast<int>(size[0]);
  result.net_width = static_cast<int>(size[1]);

  const double before = base::Preparation::Milliseconds();
  Clock::time_point start = Clock::now();
  const PicturesInput made = MakeInput(*session, size, images, eval);
  const double after_input = base::Preparation::Milliseconds();
  result.preprocess_ms = MillisecondsSince(start) - (after_input - before);

  start = Clock::now();
  const std::vector<at::Tensor> outputs =
      session->Run(made.input, options, eval.stop);
  const double after_run = base::Preparation::Milliseconds();
  result.inference_ms = MillisecondsSince(start) - (after_run - after_input);
  result.preparation_ms = after_run - before;

  start = Clock::now();
  const Decoder decoder(session->metadata(), options, eval);
  result.images().resize(images.size());
  optimizer::ParallelOverImages(
      std::min(threads, optimizer::kMaxParallelImages),
      static_cast<std::int64_t>(images.size()), [&](std::int64_t i) {
        const auto at = static_cast<std::size_t>(i);
        result.images()[at] = decoder.Decode(outputs, i, made.boxes[at]);
      });
  result.postprocess_ms = MillisecondsSince(start);
  return result;
}

Predictions PredictByPipeline(runtime::Session* session,
                              const std::vector<ImageView>& images,
                              const PredictOptions& options,
                              const EvalOptions& eval) {
  const c10::InferenceMode inference;
  Predictions result;
  result.net_height = static_cast<int>(session->metadata().imgsz[0]);
  result.net_width = static_cast<int>(session->metadata().imgsz[1]);
  for (const ImageView& image : images) {
    runtime::CheckStop(eval.stop);
    Clock::time_point start = Clock::now();
    const at::Tensor picture = RgbTensor(image);
    result.preprocess_ms += MillisecondsSince(start);

    start = Clock::now();
    const double before = base::Preparation::Milliseconds();
    const std::vector<at::Tensor> outputs =
        session->RunUnchecked(picture, options);
    const double preparing = base::Preparation::Milliseconds() - before;
    result.inference_ms += MillisecondsSince(start) - preparing;
    result.preparation_ms += preparing;

    start = Clock::now();
    result.images().push_back(
        DecodePipeline(*session, outputs, image, options, eval));
    result.postprocess_ms += MillisecondsSince(start);
  }
  return result;
}

}  // namespace yolotorch::api
