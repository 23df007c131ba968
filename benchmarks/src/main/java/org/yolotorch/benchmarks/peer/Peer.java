// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.peer;

import java.util.List;

/**
 * One way to run a network, made ready for one {@link Job} by {@link Peers#open}. Used by one
 * thread at a time; two peers share no process.
 */
public interface Peer extends AutoCloseable {
  /** Does the work once; this is what is timed. */
  void run() throws Exception;

  /**
   * Milliseconds that the network alone took in the last run, for a peer whose run does more than
   * that and which tells; else NaN.
   */
  default double forwardMillis() {
    return Double.NaN;
  }

  /**
   * What the last run found: one list per picture, most confident first, in the order of the batch.
   */
  List<List<Found>> found() throws Exception;

  @Override
  void close() throws Exception;
}
