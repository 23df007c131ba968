// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.http;

import java.util.concurrent.Semaphore;

/** Bounds the requests that predict or wait for it. Thread-safe. */
public final class Admission {
  private final Semaphore places;
  private final int most;

  public Admission(int most) {
    this.most = most;
    this.places = new Semaphore(most);
  }

  /** Whether a request that came now would be refused. */
  boolean isFull() {
    return places.availablePermits() <= 0;
  }

  /**
   * Takes a place, which {@link #leave()} gives back.
   *
   * @throws HttpFailure if there is none
   */
  void enter() {
    if (!places.tryAcquire()) {
      throw full();
    }
  }

  HttpFailure full() {
    return new HttpFailure(
        503,
        "queue_full",
        "The server takes " + most + " requests at a time, but has them already; send it later.");
  }

  void leave() {
    places.release();
  }

  /** Requests that have a place. */
  public int taken() {
    return most - places.availablePermits();
  }
}
