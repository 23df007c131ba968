// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.util.Set;

/**
 * The modes that take an {@link Argument}; {@code BOTH} are predict and export. What {@code
 * MEASURE}, which is val and benchmark, take of the others' is told by {@link MeasureArguments}.
 */
enum Uses {
  PREDICT(Mode.PREDICT),
  EXPORT(Mode.EXPORT),
  BOTH(Mode.PREDICT, Mode.EXPORT),
  TOLD(Mode.PREDICT, Mode.INFO),
  /** What runs a network on pictures. */
  RUN(Mode.PREDICT, Mode.VAL),
  MEASURE(),
  ALL(Mode.PREDICT, Mode.EXPORT, Mode.INFO, Mode.VAL, Mode.BENCHMARK);

  private final Set<Mode> modes;

  Uses(Mode... modes) {
    this.modes = Set.of(modes);
  }

  boolean contains(Mode mode) {
    return modes.contains(mode);
  }
}
