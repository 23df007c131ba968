// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

/// Marks what the shared library offers; everything else stays hidden.
#if defined(_WIN32)
#if defined(YOLOTORCH_BUILDING)
#define YOLOTORCH_EXPORT __declspec(dllexport)
#else
#define YOLOTORCH_EXPORT __declspec(dllimport)
#endif
#else
#define YOLOTORCH_EXPORT __attribute__((visibility("default")))
#endif
