// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets an interrupted run (SIGINT or SIGTERM) finish the current file. Java then ends the process
 * with exit code 130 or 143.
 */
final class Interrupt implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::ask, "yolotorch-interrupt");
  private final Console console;
  private final String sentence;
  private volatile boolean asked;

  Interrupt(Console console) {
    this(console, "Interrupted; finishing the file in hand.");
  }

  /** Tells what is done before the process ends. */
  Interrupt(Console console, String sentence) {
    this.console = console;
    this.sentence = sentence;
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already.
      asked = true;
    }
  }

  private void ask() {
    asked = true;
    console.accept(sentence);
    try {
      done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the run should end. */
  boolean isAsked() {
    return asked;
  }

  /** The run has ended. */
  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending.
    }
  }
}
