// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.awt.image.BufferedImage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Shows results as they are produced, until the user closes the window. */
final class Viewer implements AutoCloseable {
  /** How long a picture that is not a video frame stays visible. */
  private static final long PICTURE_MILLIS = 500;

  /** Where pictures appear. */
  interface Screen {
    /** Puts a picture in place of the one before. */
    void show(String title, BufferedImage picture);

    /** Takes everything away. */
    void close();
  }

  /** Waits while a picture is visible. */
  interface Pause {
    /** Waits so many milliseconds, or until the run should end. */
    void untilEnded(CountDownLatch ended, long millis) throws InterruptedException;
  }

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Function<Runnable, Screen> opener;
  private final Pause pause;
  private Screen screen;

  /**
   * Opens nothing yet.
   *
   * @param opener opens the screen for the first picture; what it is given, the screen runs when
   *     the run should end
   */
  Viewer(Function<Runnable, Screen> opener) {
    this(opener, (ended, millis) -> ended.await(millis, TimeUnit.MILLISECONDS));
  }

  /** As {@link #Viewer(Function)}, with pauses of the caller. */
  Viewer(Function<Runnable, Screen> opener, Pause pause) {
    this.opener = opener;
    this.pause = pause;
  }

  /** Shows a picture, and returns after the time it stays visible. */
  void show(String title, BufferedImage picture, boolean ofVideo) {
    if (isEnded()) {
      return;
    }
    if (screen == null) {
      screen = opener.apply(ended::countDown);
    }
    screen.show(title, picture);
    try {
      if (!ofVideo) {
        pause.untilEnded(ended, PICTURE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the run should end. */
  boolean isEnded() {
    return ended.getCount() == 0;
  }

  @Override
  public void close() {
    if (screen != null) {
      screen.close();
      screen = null;
    }
  }
}
