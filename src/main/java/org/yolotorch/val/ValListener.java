// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import java.nio.file.Path;
import java.util.List;
import org.yolotorch.Result;
import org.yolotorch.internal.PlainText;

/** Receives the progress of a measurement, on the thread that measures. */
public interface ValListener {
  /**
   * The labels were read and the first picture is about to be predicted.
   *
   * @param images pictures to be measured on
   * @param backgrounds how many of them have no label
   * @param corrupt pictures left out because they or their labels cannot be used
   */
  default void started(int images, int backgrounds, int corrupt) {}

  /**
   * The pictures to be measured on, in the data set's order; comes after {@link #started}. With
   * {@link ValOptions#rect()} they are predicted in another order.
   */
  default void listed(List<Path> pictures) {}

  /** A picture was predicted. */
  default void predicted(Path picture, Result result) {}

  /** So many pictures of so many are done. */
  default void progressed(int done, int images) {}

  /** A warning about the data set, one sentence; logged by default. */
  default void warned(String sentence) {
    System.getLogger("org.yolotorch").log(System.Logger.Level.WARNING, PlainText.of(sentence));
  }
}
