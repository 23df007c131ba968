// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.util.function.Consumer;

/**
 * Logs warnings where an option names no other receiver. A class and not a lambda: the first lambda
 * of a process costs tens of milliseconds.
 */
public final class LogWarnings implements Consumer<String> {
  @Override
  public void accept(String warning) {
    System.getLogger("org.yolotorch").log(System.Logger.Level.WARNING, PlainText.of(warning));
  }
}
