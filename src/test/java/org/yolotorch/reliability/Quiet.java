// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.reliability;

import org.yolotorch.LoadOptions;

/** Options for programs whose output is read: random weights are no news to them. */
final class Quiet {
  static final LoadOptions OPTIONS = LoadOptions.builder().onWarning(warning -> {}).build();

  private Quiet() {}
}
