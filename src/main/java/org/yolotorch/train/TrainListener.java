// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.train;

import java.nio.file.Path;
import java.util.List;
import org.yolotorch.Task;

/** Receives the progress of a training, on the thread that trains. */
public interface TrainListener {
  /**
   * The network is built and the data set read; the first batch comes next.
   *
   * @param start what is trained
   */
  default void started(Start start) {}

  /** A batch was learnt. */
  default void learned(BatchProgress progress) {}

  /** An epoch was validated and its checkpoint written. */
  default void epochDone(EpochResult epoch) {}

  /** Something worth a line, such as how many weights were taken from the checkpoint. */
  default void told(String line) {}

  /** A warning about the data set or the options, one sentence; logged by default. */
  default void warned(String sentence) {
    System.getLogger("org.yolotorch").log(System.Logger.Level.WARNING, sentence);
  }

  /** Asked after each batch: whether the training is to end, so that it can be resumed. */
  default boolean stops() {
    return false;
  }

  /**
   * What is trained.
   *
   * @param task of the network
   * @param folder where everything is written
   * @param images pictures to train with
   * @param valImages pictures to validate with
   * @param epochs of the whole training
   * @param firstEpoch counted from 1; more than 1 if it was resumed
   * @param losses names of the parts of the loss
   */
  record Start(
      Task task,
      Path folder,
      int images,
      int valImages,
      int epochs,
      int firstEpoch,
      List<String> losses) {}
}
