// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.util.List;
import java.util.SplittableRandom;

/** Random numbers that depend on seed, picture and attempt alone. */
final class Rand {
  private final SplittableRandom random;

  Rand(long seed, long picture, long attempt) {
    long mixed = new SplittableRandom(seed).nextLong() + picture;
    random = new SplittableRandom(new SplittableRandom(mixed).nextLong() + attempt);
  }

  double between(double least, double most) {
    return least + (most - least) * random.nextDouble();
  }

  double logBetween(double least, double most) {
    return least * Math.exp(random.nextDouble() * Math.log(most / least));
  }

  /** From least to most, both included. */
  int integer(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  double sign() {
    return chance(0.5) ? 1 : -1;
  }

  @SafeVarargs
  final <T> T of(T... values) {
    return values[random.nextInt(values.length)];
  }

  <T> T of(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** An index, as often as its weight says. */
  int weighted(double... weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double rest = random.nextDouble() * sum;
    for (int i = 0; i < weights.length - 1; i++) {
      rest -= weights[i];
      if (rest < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }

  /** A string of characters of an alphabet. */
  String text(String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
