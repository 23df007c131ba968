// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.peer;

/** Says why a peer cannot take part; it is left out then. */
public final class Unavailable extends Exception {
  private static final long serialVersionUID = 1;

  public Unavailable(String reason) {
    super(reason);
  }
}
