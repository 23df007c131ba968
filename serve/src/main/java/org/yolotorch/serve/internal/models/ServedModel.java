// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.models;

import java.util.concurrent.locks.ReentrantLock;
import org.yolotorch.Yolo;
import org.yolotorch.serve.internal.metrics.Statistics;

/**
 * A version of a model that answers requests. Thread-safe. It is closed when it is retired and no
 * request uses it any more.
 */
public final class ServedModel {
  private final String name;
  private final long version;
  private final Yolo model;
  private final Statistics statistics;
  private final Runnable whenClosed;
  private final ReentrantLock lock = new ReentrantLock();
  private int users;
  private boolean retired;

  /**
   * A model that is open.
   *
   * @param whenClosed called once or more when it is closed
   */
  ServedModel(String name, long version, Yolo model, Statistics statistics, Runnable whenClosed) {
    this.name = name;
    this.version = version;
    this.model = model;
    this.statistics = statistics;
    this.whenClosed = whenClosed;
  }

  public String name() {
    return name;
  }

  public String version() {
    return Long.toString(version);
  }

  /** The model; to be used between {@link #enter()} and {@link #leave()}. */
  public Yolo model() {
    return model;
  }

  public Statistics statistics() {
    return statistics;
  }

  /** Begins a request, which {@link #leave()} ends; false if the model is retired. */
  boolean enter() {
    lock.lock();
    try {
      if (!retired) {
        users++;
      }
      return !retired;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a request. */
  public void leave() {
    lock.lock();
    try {
      users--;
    } finally {
      lock.unlock();
    }
    closeIfUnused();
  }

  /** Takes no further request. */
  void retire() {
    lock.lock();
    try {
      retired = true;
    } finally {
      lock.unlock();
    }
    closeIfUnused();
  }

  private void closeIfUnused() {
    boolean unused;
    lock.lock();
    try {
      unused = retired && users == 0;
    } finally {
      lock.unlock();
    }
    if (unused) {
      // May come twice, which is allowed.
      model.close();
      whenClosed.run();
    }
  }
}
