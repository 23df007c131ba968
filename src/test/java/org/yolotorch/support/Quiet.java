// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.support;

import org.yolotorch.LoadOptions;

/** Options for programs whose output is read: random weights are no news to them. */
public final class Quiet {
  public static final LoadOptions OPTIONS = LoadOptions.builder().onWarning(warning -> {}).build();

  private Quiet() {}
}
