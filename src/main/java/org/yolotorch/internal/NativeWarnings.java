// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.lang.System.Logger.Level;

/**
 * Logs what LibTorch warns of, under {@code org.yolotorch} at level {@code DEBUG}: a user can do
 * nothing about most of it. Native code keeps the texts until they are fetched here, after a call,
 * so that it never calls into Java. Thread-safe.
 */
public final class NativeWarnings {
  private NativeWarnings() {}

  /** Logs those that came since the last time. */
  public static void log() {
    for (String text = Natives.takeWarning(); !text.isEmpty(); text = Natives.takeWarning()) {
      System.getLogger("org.yolotorch").log(Level.DEBUG, "LibTorch: {0}", PlainText.of(text));
    }
  }
}
