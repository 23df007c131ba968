// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.attack;

import java.util.function.Supplier;
import org.yolotorch.YoloException;

/**
 * One idea of what a file could do, and its verdict.
 *
 * @param name the idea
 * @param error what the gate must throw
 * @param words what its sentence must hold
 * @param bomb whether it is one of those that must be refused at once (R4)
 * @param file makes the file
 */
record Attack(
    String name,
    Class<? extends YoloException> error,
    String words,
    boolean bomb,
    Supplier<byte[]> file) {
  static Attack unsafe(String name, String words, Supplier<byte[]> file) {
    return new Attack(name, YoloException.UnsafeModel.class, words, false, file);
  }

  static Attack corrupt(String name, String words, Supplier<byte[]> file) {
    return new Attack(name, YoloException.CorruptModel.class, words, false, file);
  }

  Attack asBomb() {
    return new Attack(name, error, words, true, file);
  }
}
