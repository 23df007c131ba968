// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "bridge/waiting_warnings.h"

#include <utility>

#include "yolotorch/warnings.h"

namespace yolotorch::bridge {
namespace {

constexpr std::size_t kMaxTexts = 100;

}  // namespace

WaitingWarnings& WaitingWarnings::Get() {
  // Never destroyed: at exit, work may still be under way.
  static auto* warnings = new WaitingWarnings;
  return *warnings;
}

void WaitingWarnings::Collect() {
  SetWarningHandler([this](const std::string& text) { Add(text); });
}

std::string WaitingWarnings::Take() {
  if (count_.load() == 0) return {};
  const std::lock_guard<std::mutex> lock(mutex_);
  if (texts_.empty()) return {};
  std::string text = std::move(texts_.front());
  texts_.pop_front();
  count_.store(texts_.size());
  return text;
}

void WaitingWarnings::Add(const std::string& text) {
  if (text.empty()) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  if (texts_.size() >= kMaxTexts) return;
  texts_.push_back(text);
  count_.store(texts_.size());
}

}  // namespace yolotorch::bridge
