// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <new>
#include <string>
#include <utility>

#include "api/guard.h"
#include "yolotorch/error.h"
#include "yolotorch/image.h"
#include "yolotorch/model.h"

namespace yolotorch::bridge {

/// What lastText() gives to the calling thread.
std::string& LastText();

/// Stores a message for lastText(); empty if there is no memory for it.
void Remember(const char* text) noexcept;

/// Runs `work`, which returns a number >= 0; an exception becomes -Code.
template <typename Work>
std::int64_t Call(Work&& work) noexcept {
  LastText().clear();
  try {
    return api::Guarded(std::forward<Work>(work));
  } catch (const Error& error) {
    Remember(error.what());
    return -static_cast<std::int64_t>(error.code());
  } catch (const std::bad_alloc&) {
    Remember("Native memory ran out; give the process more.");
    return -static_cast<std::int64_t>(Code::kOutOfMemory);
  } catch (...) {
    return -static_cast<std::int64_t>(Code::kInternal);
  }
}

/// The handle of a model, which the caller frees with closeModel().
std::int64_t Adopt(Model&& model);

/// A picture from the numbers that predict() documents.
ImageView ImageFrom(const std::int64_t* image);

}  // namespace yolotorch::bridge
