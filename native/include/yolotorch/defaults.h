// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// Defaults and limits of options, in one place for C++ and Java. They are
// macros because JavaCPP turns a macro with a number into a constant that
// Java's compiler knows; no native library is needed to read it.
#pragma once

/// Of PredictOptions and ExportOptions.
#define YOLOTORCH_DEFAULT_CONF 0.25
#define YOLOTORCH_DEFAULT_IOU 0.7
#define YOLOTORCH_DEFAULT_MAX_DET 300

/// Limits, inclusive: detections per picture, pictures per batch, threads,
/// pixels per side of a network's input, and channels of a picture.
#define YOLOTORCH_MAX_DET_LIMIT 100000
#define YOLOTORCH_MAX_BATCH 1024
#define YOLOTORCH_MAX_THREADS 1024
#define YOLOTORCH_MAX_SIDE 8192
#define YOLOTORCH_MAX_CHANNELS 16
