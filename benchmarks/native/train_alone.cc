// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// How fast does LibTorch alone train this network?
//   yolotorch_train_alone IMGSZ BATCH STEPS
// Trains yolo11n with 80 classes on tensors of noise: no pictures, no labels,
// no moving average, and a loss that costs next to nothing. What a trainer adds
// to that is its own. Prints pictures per second, the first step included, as
// that of a trainer is.
#include <torch/nn/utils/clip_grad.h>
#include <torch/optim/adamw.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

#include "api/training_network.h"
#include "base/cpus.h"

namespace {

constexpr double kLargestNorm = 10;

double PicturesPerSecond(int side, int batch, int steps) {
  const auto source = yolotorch::api::OpenForTraining("yolo11n.yaml");
  const auto network = yolotorch::api::BuildForTraining(source.architecture,
                                                        nullptr, {}, /*seed=*/0)
                           .network;
  network->FreeSize();
  network->train();
  for (const auto& item : network->named_parameters()) {
    // The bins of the distributions never learn.
    item.value().requires_grad_(item.key().find(".dfl.") == std::string::npos);
  }
  at::set_num_threads(yolotorch::base::AvailableCpus());
  torch::optim::AdamW optimizer(network->parameters(),
                                torch::optim::AdamWOptions(1e-4));
  const at::Tensor images = at::rand({batch, 3, side, side});
  const auto start = std::chrono::steady_clock::now();
  for (int step = 0; step < steps; ++step) {
    at::Tensor loss = at::zeros({});
    for (const at::Tensor& output : network->ForwardRaw(images)) {
      loss = loss + output.square().mean();
    }
    loss.backward();
    torch::nn::utils::clip_grad_norm_(network->parameters(), kLargestNorm);
    optimizer.step();
    network->zero_grad();
  }
  const std::chrono::duration<double> seconds =
      std::chrono::steady_clock::now() - start;
  return static_cast<double>(batch) * steps / seconds.count();
}

}  // namespace

int main(int argc, char** argv) {
  const int side = argc == 4 ? std::atoi(argv[1]) : 0;
  const int batch = argc == 4 ? std::atoi(argv[2]) : 0;
  const int steps = argc == 4 ? std::atoi(argv[3]) : 0;
  if (side < 32 || side % 32 != 0 || batch < 1 || steps < 1) {
    std::fprintf(stderr,
                 "usage: %s IMGSZ BATCH STEPS, IMGSZ a multiple of 32\n",
                 argv[0]);
    return 2;
  }
  try {
    std::printf("%.4f\n", PicturesPerSecond(side, batch, steps));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
